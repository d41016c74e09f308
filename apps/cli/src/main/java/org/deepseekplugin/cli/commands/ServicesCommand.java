package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Map;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "services",
        description = "Services and allocated resources, or one of them with its replicas.",
        mixinStandardHelpOptions = true)
public final class ServicesCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show its replicas.")
    private @Nullable String name;

    @Override
    public void run() {
        var control = session.control();
        if (name == null) {
            list(control.get("/services"), control.get("/resources"));
        } else {
            show(control, found(control, name));
        }
    }

    private void list(JsonNode services, JsonNode resources) {
        if (session.isJson()) {
            var both = Json.mapper().createObjectNode();
            both.set("services", services.path("services"));
            both.set("resources", resources.path("resources"));
            session.json(both);
            return;
        }
        var table = new Table("NAME", "KIND", "ID", "MODEL", "STATE", "READY", "WHERE", "AGE");
        for (var thing : Wanted.of(services, resources).things()) {
            table.row(
                    thing.name(),
                    thing.kind() == Wanted.Kind.SERVICE ? "service" : "resource",
                    thing.id(),
                    Cell.optional(thing.json(), "model"),
                    thing.state(),
                    ready(thing),
                    where(thing),
                    Cell.age(thing.json(), "created_at", Instant.now()));
        }
        table.print(
                session.out(),
                "Nothing is deployed or allocated. Try: deepseek deploy service.yaml");
    }

    private static String ready(Wanted.Thing thing) {
        return switch (thing.kind()) {
            case SERVICE ->
                    Cell.text(thing.json(), "ready_replicas")
                            + "/"
                            + Cell.text(thing.json(), "wanted_replicas");
            case RESOURCE -> thing.state().equals("ready") ? "1/1" : "0/1";
        };
    }

    /// The machine of a resource; a service has as many as replicas.
    private static String where(Wanted.Thing thing) {
        return switch (thing.kind()) {
            case SERVICE -> "-";
            case RESOURCE -> place(thing.json());
        };
    }

    private static String place(JsonNode resource) {
        return resource.hasNonNull("instance_type")
                ? "%s in %s, %s/h"
                        .formatted(
                                Cell.text(resource, "instance_type"),
                                Cell.optional(resource, "zone"),
                                Cell.price(resource))
                : "-";
    }

    private static Wanted.Thing found(ControlClient control, String name) {
        var wanted = Wanted.of(control);
        return wanted.find(name)
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "There is no service or resource \"%s\"; `deepseek services` lists them.%s"
                                        .formatted(name, Nearest.hint(name, wanted.names()))));
    }

    private void show(ControlClient control, Wanted.Thing thing) {
        if (session.isJson()) {
            session.json(control.get(thing.path()));
            return;
        }
        var nodes = nodes(control);
        var table = new Table("REPLICA", "STATE", "NODE", "INSTANCE", "DETAIL");
        switch (thing.kind()) {
            case SERVICE ->
                    thing.json()
                            .path("replicas")
                            .forEach(replica -> row(table, replica, "id", nodes));
            case RESOURCE -> row(table, thing.json(), "replica", nodes);
        }
        table.print(session.out(), "It has no replica.");
        thing.json()
                .path("replicas")
                .valueStream()
                .map(replica -> Cell.optional(replica, "placement"))
                .filter(why -> !why.equals("-"))
                .findFirst()
                .ifPresent(why -> session.out().println("Placed: " + why));
    }

    private static void row(Table table, JsonNode replica, String id, Map<String, String> nodes) {
        var instance = Cell.optional(replica, "instance");
        table.row(
                Cell.optional(replica, id),
                Cell.text(replica, "state"),
                nodes.getOrDefault(instance, "-"),
                instance,
                Cell.optional(replica, "detail"));
    }

    /// By the machine that each one is.
    private static Map<String, String> nodes(ControlClient control) {
        return control.get("/nodes")
                .path("nodes")
                .valueStream()
                .filter(node -> node.hasNonNull("instance"))
                .collect(
                        toMap(
                                node -> Cell.text(node, "instance"),
                                node -> Cell.text(node, "id"),
                                (_, newer) -> newer));
    }
}
