package org.deepseekplugin.server.control;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Names in bodies may be written `instance-type` or `instance_type`, so that a YAML file can be
/// sent as it is. What an engine calls its options is left alone.
final class Spelling {
    private static final String AS_WRITTEN = "options";

    static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var renamed = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(entry -> {
                            var name = entry.getKey().replace('-', '_');
                            var value = entry.getValue();
                            renamed.set(name, name.equals(AS_WRITTEN) ? value : canonical(value));
                        });
                yield renamed;
            }
            case ArrayNode array -> {
                var renamed = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> renamed.add(canonical(element)));
                yield renamed;
            }
            default -> node;
        };
    }

    private Spelling() {}
}
