package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "nodes",
        description = "Machines whose agent has joined, and what runs on them.",
        mixinStandardHelpOptions = true)
public final class NodesCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Everything about one node.")
    private @Nullable String id;

    @Override
    public void run() {
        if (id != null) {
            session.json(session.control().get("/nodes/" + Query.segment(id)));
            return;
        }
        var nodes = session.control().get("/nodes");
        if (session.isJson()) {
            session.json(nodes);
            return;
        }
        var table = new Table("NODE", "STATE", "INSTANCE", "HEARTBEAT", "JOINED", "ENGINES");
        var now = Instant.now();
        for (var node : nodes.path("nodes")) {
            table.row(
                    Cell.text(node, "id"),
                    Cell.text(node, "state"),
                    Cell.text(node, "instance"),
                    Cell.age(node, "last_heartbeat", now),
                    Cell.age(node, "joined_at", now),
                    engines(node));
        }
        table.print(session.out(), "No node has joined.");
    }

    private static String engines(JsonNode node) {
        var engines =
                node.path("engines")
                        .valueStream()
                        .map(engine ->
                                Cell.text(engine, "model") + " " + Cell.text(engine, "state"))
                        .collect(joining(", "));
        return engines.isEmpty() ? "-" : engines;
    }
}
