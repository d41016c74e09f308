package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The contract, made stricter than it is for clients: an answer with a field that the contract
/// does not name is wrong.
final class ClosedContract {
    /// Put together by `allOf`, where a part cannot know the fields of the other.
    private static final Set<String> COMPOSED = Set.of("Key", "CreatedKey");

    static Contract load() {
        try (var stream = Contract.class.getResourceAsStream("/openapi.yaml")) {
            var document = new YAMLMapper().readTree(stream);
            document.at("/components/schemas").properties().stream()
                    .filter(schema -> !COMPOSED.contains(schema.getKey()))
                    .forEach(schema -> close(schema.getValue()));
            return Contract.parse(new YAMLMapper().writeValueAsString(document).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        node.forEach(ClosedContract::close);
        if (node instanceof ObjectNode schema
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
    }

    private ClosedContract() {}
}
