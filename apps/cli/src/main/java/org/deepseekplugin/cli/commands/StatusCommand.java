package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "The whole at a glance.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Runnable {
    /// A machine in these is not paid for any more.
    private static final List<String> ENDED = List.of("returned", "lost");

    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var control = session.control();
        var status = control.get("/status");
        if (session.isJson()) {
            session.json(status);
            return;
        }
        var uptime = Duration.ofSeconds(status.path("uptime_seconds").asLong(0));
        var table =
                new Table("SERVER", session.connection().url().toString())
                        .row("ready", status.path("ready").asBoolean(false) ? "yes" : "no")
                        .row("version", Cell.text(status, "version"))
                        .row("up for", Cell.span(uptime))
                        .row("clouds", clouds(status))
                        .row("services", tally(status.path("services")));
        for (var thing : Wanted.of(control).things()) {
            table.row("  " + thing.name(), line(thing));
        }
        table.row("replicas", tally(status.path("replicas")))
                .row("nodes", tally(status.path("nodes")))
                .row("machines", tally(status.path("instances")))
                .row("per hour", cost(control.get("/instances")))
                .print(session.out(), "");
    }

    private static String line(Wanted.Thing thing) {
        var json = thing.json();
        var model = Cell.optional(json, "model");
        return switch (thing.kind()) {
            case SERVICE ->
                    "%s, %s of %s ready"
                            .formatted(
                                    model,
                                    Cell.text(json, "ready_replicas"),
                                    Cell.text(json, "wanted_replicas"));
            case RESOURCE -> "%s, resource, %s".formatted(model, thing.state());
        };
    }

    private static String clouds(JsonNode status) {
        var names =
                status.path("clouds")
                        .valueStream()
                        .map(cloud -> Cell.text(cloud, "name"))
                        .collect(joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static String tally(JsonNode tally) {
        return Cell.text(tally, "ready") + " of " + Cell.text(tally, "total") + " ready";
    }

    /// Of all machines that are held or on their way back, by currency.
    private static String cost(JsonNode instances) {
        var sums =
                instances
                        .path("instances")
                        .valueStream()
                        .filter(instance -> !ENDED.contains(Cell.text(instance, "state")))
                        .map(instance -> instance.path("hourly_price"))
                        .filter(JsonNode::isObject)
                        .collect(
                                groupingBy(
                                        price -> Cell.text(price, "currency"),
                                        TreeMap::new,
                                        mapping(
                                                price -> new BigDecimal(Cell.text(price, "amount")),
                                                reducing(BigDecimal.ZERO, BigDecimal::add))));
        return sums.isEmpty()
                ? "nothing"
                : sums.entrySet().stream()
                        .map(sum -> sum.getValue().toPlainString() + " " + sum.getKey())
                        .collect(joining(" + "));
    }
}
