package org.deepseekplugin.cli.commands;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.LogLine;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "logs",
        description = {
            "The last lines that a part of the system wrote, times on this machine's clock.",
            "With -o json the lines of server and emulator come as they were written."
        },
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Runnable {
    private static final List<String> LOCAL = List.of("server", "emulator");

    @Mixin private Session session = new Session();

    @Parameters(
            arity = "0..1",
            paramLabel = "WHOSE",
            defaultValue = "server",
            description =
                    "server, emulator, the name of a service or the id of a node (default: ${DEFAULT-VALUE}).")
    private String whose = "server";

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "On a node: agent, or a replica's id.")
    private @Nullable String source;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "So many (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public void run() {
        if (LOCAL.contains(whose)) {
            tail(session.dataDir.resolve("logs").resolve(whose + ".log"));
        } else if (whose.startsWith("node-")) {
            print(session.control().get("/nodes/" + Query.segment(whose) + "/logs" + query()));
        } else {
            session.control()
                    .get("/services/" + Query.segment(whose) + "/logs" + query())
                    .path("logs")
                    .forEach(this::print);
        }
    }

    private String query() {
        var query = new LinkedHashMap<String, @Nullable String>();
        query.put("source", source);
        query.put("lines", Integer.toString(lines));
        return Query.of(query);
    }

    private void print(JsonNode log) {
        if (session.isJson()) {
            session.json(log);
            return;
        }
        session.out().println("==> " + Cell.text(log, "source"));
        log.path("lines").forEach(line -> session.out().println(shown(line.asString(""))));
    }

    /// As it was written where a program reads.
    private String shown(String line) {
        return session.isJson() ? line : LogLine.readable(line);
    }

    private void tail(Path file) {
        try (var all = Files.lines(file)) {
            var kept = all.toList();
            kept.subList(Math.max(0, kept.size() - lines), kept.size())
                    .forEach(line -> session.out().println(shown(line)));
        } catch (MalformedInputException e) {
            throw new PlatformException(ErrorCode.INTERNAL, file + " is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND,
                    "There is no log at %s: `deepseek up` writes it.".formatted(file),
                    e);
        }
    }
}
