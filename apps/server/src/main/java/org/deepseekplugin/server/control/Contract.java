package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.keys.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The operations of an OpenAPI 3.1 document. Its schemas are plain JSON Schema 2020-12.
final class Contract {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String JSON = "application/json";

    private final JsonNode document;
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final List<Operation> operations = new ArrayList<>();

    private Contract(JsonNode document) {
        this.document = document;
    }

    /// The one that is served at `/api/openapi.yaml`.
    static Contract load() {
        try (var stream = Contract.class.getResourceAsStream("/openapi.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.yaml is not on the class path");
            }
            return parse(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read openapi.yaml", e);
        }
    }

    static Contract parse(byte[] yaml) {
        var contract = new Contract(new YAMLMapper().readTree(yaml));
        contract.document
                .get("paths")
                .properties()
                .forEach(path -> contract.addPath(path.getKey(), path.getValue()));
        return contract;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// A schema of `components/schemas`.
    Schema schema(String name) {
        return schema(
                new YAMLMapper().createObjectNode().put("$ref", "#/components/schemas/" + name));
    }

    /// Of an operation's answer with this status, if the contract describes a JSON body for it.
    Optional<Schema> response(String operationId, int status) {
        return document.get("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(operation -> operation.path("operationId").asString("").equals(operationId))
                .map(operation -> resolve(operation.at("/responses/" + status)))
                .map(response -> response.path("content").path(JSON).path("schema"))
                .filter(JsonNode::isObject)
                .map(this::schema)
                .findFirst();
    }

    private void addPath(String path, JsonNode item) {
        item.properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry ->
                        operations.add(
                                operation(
                                        path,
                                        entry.getKey(),
                                        entry.getValue(),
                                        item.path("parameters"))));
    }

    private Operation operation(String path, String method, JsonNode node, JsonNode shared) {
        var parameters = new ArrayList<Parameter>();
        shared.forEach(parameter -> parameters.add(parameter(resolve(parameter))));
        node.path("parameters").forEach(parameter -> parameters.add(parameter(resolve(parameter))));
        var body = resolve(node.path("requestBody")).path("content").path(JSON).path("schema");
        return new Operation(
                node.get("operationId").asString(),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                PathTemplate.of(path),
                Role.valueOf(node.get("x-role").asString().toUpperCase(Locale.ROOT)),
                parameters,
                body.isObject() ? Optional.of(schema(body)) : Optional.empty());
    }

    private Parameter parameter(JsonNode node) {
        var schema = node.get("schema");
        return new Parameter(
                node.get("name").asString(),
                node.get("in").asString(),
                node.path("required").asBoolean(false),
                schema.path("type").asString("string"),
                schema(schema));
    }

    private JsonNode resolve(JsonNode node) {
        var ref = node.path("$ref");
        return ref.isString() ? document.at(ref.asString().substring(1)) : node;
    }

    /// Inner references lead into the document's components, so those come along, under the name
    /// that JSON Schema knows.
    private Schema schema(JsonNode node) {
        var whole = (ObjectNode) node.deepCopy();
        whole.set("$defs", document.at("/components/schemas"));
        return schemas.getSchema(
                Json.tree(
                        whole.toString()
                                .replace("#/components/schemas/", "#/$defs/")
                                .getBytes(UTF_8)));
    }
}
