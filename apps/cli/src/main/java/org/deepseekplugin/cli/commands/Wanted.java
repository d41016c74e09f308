package org.deepseekplugin.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import tools.jackson.databind.JsonNode;

/// All services and resources of the project, which share their names.
record Wanted(List<Thing> things) {

    enum Kind {
        SERVICE,
        RESOURCE
    }

    record Thing(Kind kind, JsonNode json) {
        String id() {
            return Cell.text(json, "id");
        }

        String name() {
            return Cell.text(json, "name");
        }

        String state() {
            return Cell.text(json, "state");
        }

        String path() {
            var collection =
                    switch (kind) {
                        case SERVICE -> "/services/";
                        case RESOURCE -> "/resources/";
                    };
            return collection + Query.segment(kind == Kind.SERVICE ? name() : id());
        }
    }

    static Wanted of(ControlClient control) {
        return of(control.get("/services"), control.get("/resources"));
    }

    static Wanted of(JsonNode services, JsonNode resources) {
        var things = new ArrayList<Thing>();
        services.path("services").forEach(json -> things.add(new Thing(Kind.SERVICE, json)));
        resources.path("resources").forEach(json -> things.add(new Thing(Kind.RESOURCE, json)));
        return new Wanted(things);
    }

    Optional<Thing> find(String nameOrId) {
        return things.stream()
                .filter(thing -> thing.name().equals(nameOrId) || thing.id().equals(nameOrId))
                .findFirst();
    }

    List<String> names() {
        return things.stream().flatMap(thing -> Stream.of(thing.name(), thing.id())).toList();
    }
}
