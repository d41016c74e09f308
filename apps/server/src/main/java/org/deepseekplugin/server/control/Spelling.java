package org.deepseekplugin.server.control;

import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Names in bodies may be written `instance-type` or `instance_type`, so that a YAML file can be
/// sent as it is. What an engine calls its options is left alone.
final class Spelling {
    private static final String AS_WRITTEN = "options";

    /// @throws PlatformException `invalid_request` when a name stands there in both spellings
    static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> renamed(object);
            case ArrayNode array -> {
                var renamed = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> renamed.add(canonical(element)));
                yield renamed;
            }
            default -> node;
        };
    }

    private static ObjectNode renamed(ObjectNode object) {
        var renamed = JsonNodeFactory.instance.objectNode();
        for (var entry : object.properties()) {
            var name = entry.getKey().replace('-', '_');
            if (renamed.has(name)) {
                throw new PlatformException(
                        ErrorCode.INVALID_REQUEST,
                        "\"%s\" and \"%s\" are one field; write it once."
                                .formatted(name.replace('_', '-'), name));
            }
            var value = entry.getValue();
            renamed.set(name, name.equals(AS_WRITTEN) ? value : canonical(value));
        }
        return renamed;
    }

    private Spelling() {}
}
