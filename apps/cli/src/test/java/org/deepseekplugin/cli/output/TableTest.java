package org.deepseekplugin.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void chinese_characters_take_two_cells() {
        var out = new StringWriter();
        new Table("NAME", "X").row("模型", "1").row("abcde", "2").print(new PrintWriter(out), "");
        assertThat(out.toString().lines()).containsExactly("NAME    X", "模型    1", "abcde   2");
    }
}
