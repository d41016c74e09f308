package org.deepseekplugin.cli.commands;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.output.Cell;
import tools.jackson.databind.JsonNode;

/// Whose an event is: the names of services and resources by the ids of all that belongs to them.
record Subjects(Map<String, String> names) {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s:,;.]+");

    static Subjects of(ControlClient control) {
        var names = new HashMap<String, String>();
        for (var thing : Wanted.of(control).things()) {
            names.put(thing.id(), thing.name());
            names.put(Cell.optional(thing.json(), "replica"), thing.name());
            names.put(Cell.optional(thing.json(), "instance"), thing.name());
            for (var replica : thing.json().path("replicas")) {
                names.put(Cell.text(replica, "id"), thing.name());
                names.put(Cell.optional(replica, "instance"), thing.name());
            }
        }
        names.remove("-");
        for (var node : control.get("/nodes").path("nodes")) {
            var name = names.get(Cell.optional(node, "instance"));
            if (name != null) {
                names.put(Cell.text(node, "id"), name);
            }
        }
        return new Subjects(names);
    }

    /// By its subject, or by what its message speaks of; `-` for what is gone.
    String service(JsonNode event) {
        var words = BETWEEN_WORDS.splitAsStream(Cell.text(event, "message"));
        return Stream.concat(Stream.of(Cell.text(event, "subject")), words)
                .map(names::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("-");
    }
}
