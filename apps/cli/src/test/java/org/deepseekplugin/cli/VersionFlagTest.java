package org.deepseekplugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.deepseekplugin.platform.version.ProductVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--version` tells the version, wherever it stands.
class VersionFlagTest {

    @ParameterizedTest
    @ValueSource(strings = {"--version", "status --version", "keys create -V"})
    void every_command_tells_the_version_of_the_program(String arguments) {
        var out = new StringWriter();
        int exit =
                CliMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(arguments.split(" ", -1));
        assertThat(exit).isZero();
        assertThat(out.toString().strip()).isEqualTo("deepseek " + ProductVersion.current());
    }
}
