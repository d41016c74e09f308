package org.deepseekplugin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Commands against a server that answers as the contract says.
abstract class CommandLineCase {
    static final String SERVICES = "GET /api/v1/services";
    static final String RESOURCES = "GET /api/v1/resources";

    @TempDir Path folder;
    FakeServer server;

    record Ran(int exit, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.clientOf(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = CliMain.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        var first = arguments[0].equals("keys") && arguments.length > 1 ? 2 : 1;
        var where = Stream.of("--data-dir", folder.toString());
        var all =
                Stream.of(
                                Arrays.stream(arguments, 0, first),
                                where,
                                Arrays.stream(arguments, first, arguments.length))
                        .flatMap(s -> s);
        int exit =
                arguments[0].equals("statsu")
                        ? command.execute(arguments)
                        : command.execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }
}
