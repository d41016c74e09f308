package org.deepseekplugin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `openapi.yaml` promises about a request and its answer, so that no test can be written
/// against a server that there is not.
final class Promised {
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final JsonNode DOCUMENT = document();

    /// @param line such as `GET /api/v1/offers?limit=20`; what is not below `/api/v1` is free
    /// @throws AssertionError saying what does not fit
    static void check(String line, String request, int status, String answer) {
        var method = line.substring(0, line.indexOf(' '));
        var path = line.substring(line.indexOf(' ') + 1).replaceFirst("\\?.*", "");
        if (!path.startsWith("/api/v1/")) {
            return;
        }
        var operation = operation(method, path);
        fits(line, body(operation.path("requestBody")), canonical(request));
        var responses = operation.path("responses");
        var code = Integer.toString(status);
        var described = resolved(responses.path(responses.has(code) ? code : "default"));
        fits(line + " " + status, body(described), answer);
    }

    private static JsonNode operation(String method, String path) {
        return DOCUMENT.path("paths").properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not promised"));
    }

    /// Names may be written with `-`.
    private static String canonical(String request) {
        return request.replaceAll("\"([a-z]+)-([a-z]+)\":", "\"$1_$2\":");
    }

    private static Optional<JsonNode> body(JsonNode described) {
        return described
                .path("content")
                .valueStream()
                .map(content -> content.path("schema"))
                .findFirst();
    }

    private static void fits(String what, Optional<JsonNode> schema, String text) {
        if (schema.isEmpty()) {
            return;
        }
        var errors = schema(schema.get()).validate(Json.tree(text.getBytes(UTF_8)));
        if (!errors.isEmpty()) {
            throw new AssertionError(what + " is not as openapi.yaml promises: " + errors);
        }
    }

    private static JsonNode resolved(JsonNode node) {
        var ref = node.path("$ref");
        return ref.isString() ? DOCUMENT.at(ref.asString().substring(1)) : node;
    }

    private static Schema schema(JsonNode node) {
        var whole = (ObjectNode) node.deepCopy();
        whole.set("$defs", DOCUMENT.at("/components/schemas"));
        var text = whole.toString().replace("#/components/schemas/", "#/$defs/");
        return SCHEMAS.getSchema(Json.tree(text.getBytes(UTF_8)));
    }

    private static JsonNode document() {
        try (var stream = Promised.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Promised() {}
}
