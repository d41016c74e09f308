package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "nodes",
        description = "Machines whose agent has joined, and what runs on them.",
        mixinStandardHelpOptions = true)
public final class NodesCommand implements Runnable {
    private static final List<String> ENDED = List.of("dead", "gone");

    @Mixin private Session session = new Session();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Everything about one node.")
    private @Nullable String id;

    @Option(names = "--all", description = "Also those that are dead or gone.")
    private boolean all;

    @Override
    public void run() {
        if (id != null) {
            session.json(session.control().get("/nodes/" + Query.segment(id)));
            return;
        }
        var nodes = session.control().get("/nodes");
        if (session.isJson()) {
            session.json(nodes);
        } else {
            list(nodes.path("nodes").valueStream().toList());
        }
    }

    private void list(List<JsonNode> nodes) {
        var table = new Table("NODE", "STATE", "INSTANCE", "HEARTBEAT", "JOINED", "ENGINES");
        var now = Instant.now();
        for (var node : nodes) {
            if (all || !ENDED.contains(Cell.text(node, "state"))) {
                table.row(
                        Cell.text(node, "id"),
                        Cell.text(node, "state"),
                        Cell.optional(node, "instance"),
                        Cell.age(node, "last_heartbeat", now),
                        Cell.age(node, "joined_at", now),
                        engines(node));
            }
        }
        table.print(session.out(), "No node is there.");
        int hidden = nodes.size() - table.size();
        if (hidden > 0) {
            session.out().println(hidden + " dead or gone not shown; --all shows them");
        }
    }

    private static String engines(JsonNode node) {
        var engines =
                node.path("engines")
                        .valueStream()
                        .map(engine ->
                                "%s for %s: %s"
                                        .formatted(
                                                Cell.optional(engine, "model"),
                                                Cell.optional(engine, "service"),
                                                Cell.text(engine, "state")))
                        .collect(joining(", "));
        return engines.isEmpty() ? "-" : engines;
    }
}
