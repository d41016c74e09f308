package org.deepseekplugin.cli.commands;

import java.util.stream.Stream;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "usage",
        description = "Requests and tokens by day (UTC), key and model.",
        mixinStandardHelpOptions = true)
public final class UsageCommand implements Runnable {
    private static final String[] COUNTS = {
        "requests", "prompt_tokens", "cached_tokens", "completion_tokens"
    };

    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var usage = session.control().get("/usage");
        if (session.isJson()) {
            session.json(usage);
            return;
        }
        var lines = usage.path("usage");
        var table = new Table("DAY", "KEY", "MODEL", "REQUESTS", "PROMPT", "CACHED", "COMPLETION");
        for (var line : lines) {
            table.row(
                    cells(
                            Stream.of(Cell.text(line, "day"), key(line), Cell.text(line, "model")),
                            Stream.of(COUNTS).map(count -> Cell.text(line, count))));
        }
        if (!lines.isEmpty()) {
            table.row(
                    cells(
                            Stream.of("total", "", ""),
                            Stream.of(COUNTS).map(count -> sum(lines, count))));
        }
        table.print(session.out(), "Nothing was used yet.");
    }

    private static String key(JsonNode line) {
        var name = Cell.optional(line, "key_name");
        return name.equals("-") ? Cell.text(line, "key") : name;
    }

    private static String sum(JsonNode lines, String count) {
        return Long.toString(
                lines.valueStream().mapToLong(line -> line.path(count).asLong()).sum());
    }

    private static String[] cells(Stream<String> labels, Stream<String> counts) {
        return Stream.concat(labels, counts).toArray(String[]::new);
    }
}
