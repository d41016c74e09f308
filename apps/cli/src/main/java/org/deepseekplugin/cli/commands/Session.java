package org.deepseekplugin.cli.commands;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.deepseekplugin.cli.client.Connection;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.output.StateLine;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.time.Backoff;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// What each command shares: which server, and how to print.
public final class Session {

    /// How answers are printed.
    public enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:DEEPSEEK_DATA_DIR:-${sys:user.home}/.deepseek}",
            description = "Where the server keeps its state (default: ~/.deepseek).")
    Path dataDir = Path.of(".");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE}).")
    Format format = Format.TABLE;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    Connection connection() {
        return Connection.find(dataDir, System.getenv());
    }

    ControlClient control() {
        return new ControlClient(
                connection(),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new SecureRandom()));
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    void json(JsonNode answer) {
        out().println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    }

    /// What the server took, but does nothing with.
    void warn(JsonNode answer) {
        answer.path("warnings")
                .forEach(warning -> err().println("Warning: " + warning.asString("")));
    }

    StateLine states() {
        return new StateLine(err(), isTerminal());
    }

    /// Whether a person is reading along.
    boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
