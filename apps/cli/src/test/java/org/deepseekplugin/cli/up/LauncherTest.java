package org.deepseekplugin.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LauncherTest {

    @Test
    void the_usual_data_directory_is_not_said() {
        var usual = Path.of(System.getProperty("user.home"), ".deepseek");
        assertThat(new Launcher("./deepseek", usual).line("status")).isEqualTo("./deepseek status");
    }

    @Test
    void another_data_directory_is_part_of_every_command() {
        assertThat(new Launcher("./deepseek", Path.of("/tmp/it")).line("down"))
                .isEqualTo("./deepseek down --data-dir /tmp/it");
    }

    @Test
    void what_the_shell_would_split_is_quoted() {
        assertThat(new Launcher("/my tree/deepseek", Path.of("/tmp/it's")).line("down"))
                .isEqualTo("'/my tree/deepseek' down --data-dir '/tmp/it'\\''s'");
    }
}
