package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "The whole at a glance.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var status = session.control().get("/status");
        if (session.isJson()) {
            session.json(status);
            return;
        }
        var uptime = Duration.ofSeconds(status.path("uptime_seconds").asLong(0));
        new Table("SERVER", session.connection().url().toString())
                .row("ready", status.path("ready").asBoolean(false) ? "yes" : "no")
                .row("version", Cell.text(status, "version"))
                .row("up for", Cell.span(uptime))
                .row("clouds", clouds(status))
                .row("services", tally(status.path("services")))
                .row("replicas", tally(status.path("replicas")))
                .row("nodes", tally(status.path("nodes")))
                .row("instances", tally(status.path("instances")))
                .print(session.out(), "");
    }

    private static String clouds(JsonNode status) {
        return status.path("clouds")
                .valueStream()
                .map(cloud -> Cell.text(cloud, "name"))
                .collect(joining(", "));
    }

    private static String tally(JsonNode tally) {
        return Cell.text(tally, "ready") + " of " + Cell.text(tally, "total") + " ready";
    }
}
