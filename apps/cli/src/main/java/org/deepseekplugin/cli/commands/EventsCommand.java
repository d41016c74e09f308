package org.deepseekplugin.cli.commands;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Pause;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.platform.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "events",
        description = "What happened, oldest first.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Runnable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin private Session session = new Session();

    @Option(names = "--after", paramLabel = "SEQ", description = "Only what came later.")
    private @Nullable Long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C, also over restarts of the server.")
    private boolean follow;

    @Override
    public void run() {
        var control = session.control();
        var first = events(control, after);
        if (session.isJson() && !follow) {
            session.json(first);
            return;
        }
        var seen = print(first, after);
        while (follow) {
            Pause.of(LOOK_EVERY);
            seen = print(events(control, seen), seen);
        }
    }

    private JsonNode events(ControlClient control, @Nullable Long since) {
        var query = new LinkedHashMap<String, @Nullable String>();
        query.put("after", since == null ? null : since.toString());
        query.put("limit", Integer.toString(limit));
        return control.get("/events" + Query.of(query));
    }

    /// @return the last one's number
    private @Nullable Long print(JsonNode events, @Nullable Long seen) {
        var last = seen;
        for (var event : events.path("events")) {
            session.out().println(session.isJson() ? Json.write(event) : line(event));
            last = event.path("seq").asLong(0);
        }
        session.out().flush();
        return last;
    }

    private static String line(JsonNode event) {
        return "%s  %-6s  %-22s  %s  %s"
                .formatted(
                        Cell.text(event, "at"),
                        Cell.text(event, "seq"),
                        Cell.text(event, "kind"),
                        Cell.text(event, "subject"),
                        Cell.text(event, "message"));
    }
}
