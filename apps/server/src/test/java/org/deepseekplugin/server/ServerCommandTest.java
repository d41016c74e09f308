package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.server.config.Configuration;
import org.deepseekplugin.server.config.DriverKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The flags of the server.
class ServerCommandTest {
    @TempDir Path folder;

    private final List<ServerOptions> started = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    @Test
    void a_flag_wins_over_the_file() throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("c.yaml"),
                        "{port: 1, tls-port: 2, agents: {weights-dir: /from/file}}");
        assertThat(run("--config=" + file, "--port=3", "--data-dir=" + folder)).isZero();
        var options = started.getFirst();
        var config = options.over(Configuration.read(options.files(), new DriverKeys(List.of())));
        assertThat(config.port()).isEqualTo(3);
        assertThat(config.tlsPort()).isEqualTo(2);
        assertThat(config.agentPort()).isEqualTo(8444);
        assertThat(config.dataDir()).isEqualTo(folder);
        assertThat(config.agents().weightsDir()).contains(Path.of("/from/file"));
    }

    @Test
    void the_file_in_the_data_directory_is_read_unless_another_is_named() throws Exception {
        var usual = Files.writeString(folder.resolve("deepseek.yaml"), "port: 1");
        var other = Files.writeString(folder.resolve("other.yaml"), "port: 2");
        run("--data-dir=" + folder);
        run("--data-dir=" + folder, "--config=" + other);
        assertThat(started.get(0).files()).containsExactly(usual);
        assertThat(started.get(1).files()).containsExactly(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--role=gateway", "--role=king", "--port=many", "--prot=1"})
    void what_cannot_be_is_a_usage_error_that_names_it(String flag) {
        assertThat(run(flag)).isEqualTo(2);
        assertThat(started).isEmpty();
        assertThat(said.toString()).contains(flag.substring(flag.indexOf('=') + 1));
    }

    private int run(String... arguments) {
        var command =
                new ServerCommand(options -> {
                    started.add(options);
                    return 0;
                });
        return new CommandLine(command).setErr(new PrintWriter(said)).execute(arguments);
    }
}
