package org.deepseekplugin.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final StringWriter said = new StringWriter();
    private final Steps piped = new Steps(new PrintWriter(said), false);

    @Test
    void many_files_are_one_line_when_piped() {
        try (var fetch = piped.fetch("17 libraries", 34 << 20)) {
            fetch.report("downloading a package", 5, 0);
            fetch.report("fetching libllama.so", 1, 2);
            fetch.done(2);
            fetch.report("fetching libggml.so", 1, 2);
        }
        assertThat(said.toString().lines()).containsExactly("  17 libraries (34 MiB)");
    }

    @Test
    void nothing_is_said_where_there_is_nothing_to_do() {
        piped.fetch("17 libraries", 34 << 20).close();
        assertThat(said.toString()).isEmpty();
    }
}
