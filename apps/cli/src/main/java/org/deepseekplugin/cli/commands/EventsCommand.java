package org.deepseekplugin.cli.commands;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Pause;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.deepseekplugin.platform.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "events",
        description = "What happened: the newest, oldest of them first.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Runnable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int LISTED = 100;
    private static final int BEFORE_FOLLOWING = 10;
    private static final int PAGE = 1000;

    @Mixin private Session session = new Session();

    @Option(
            names = "--after",
            paramLabel = "SEQ",
            description = "Those that came after this one; -o json shows the numbers.")
    private @Nullable Long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many (default: 100; with -f, 10 before it follows).")
    private @Nullable Integer limit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C, also over restarts of the server.")
    private boolean follow;

    private final Table table = new Table("TIME", "EVENT", "SERVICE", "SUBJECT", "WHAT");

    @Override
    public void run() {
        var control = session.control();
        var first = events(control, after, limit());
        if (session.isJson() && !follow) {
            session.json(first);
            return;
        }
        var seen = print(control, first, after);
        if (table.size() == 0 && !session.isJson()) {
            session.err().println("Nothing has happened" + (follow ? " yet." : "."));
        }
        while (follow) {
            Pause.of(LOOK_EVERY);
            seen = print(control, events(control, seen, PAGE), seen);
        }
    }

    private int limit() {
        if (limit != null) {
            return limit;
        }
        return follow ? BEFORE_FOLLOWING : LISTED;
    }

    private static JsonNode events(ControlClient control, @Nullable Long since, int limit) {
        var query = new LinkedHashMap<String, @Nullable String>();
        query.put("after", since == null ? null : since.toString());
        query.put("limit", Integer.toString(limit));
        return control.get("/events" + Query.of(query));
    }

    /// @return the last one's number
    private @Nullable Long print(ControlClient control, JsonNode events, @Nullable Long seen) {
        var news = events.path("events");
        if (news.isEmpty()) {
            return seen;
        }
        if (session.isJson()) {
            news.forEach(event -> session.out().println(Json.write(event)));
        } else {
            var subjects = Subjects.of(control);
            news.forEach(event -> table.row(cells(event, subjects)));
            table.printMore(session.out());
        }
        session.out().flush();
        return news.path(news.size() - 1).path("seq").asLong();
    }

    private static String[] cells(JsonNode event, Subjects subjects) {
        return new String[] {
            Cell.time(event, "at"),
            Cell.text(event, "kind"),
            subjects.service(event),
            Cell.text(event, "subject"),
            Cell.sentence(event, "message")
        };
    }
}
