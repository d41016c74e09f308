package org.deepseekplugin.server.control;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.control.Routes.Found;
import org.deepseekplugin.server.http.Problems.Fault;
import org.deepseekplugin.server.keys.Key;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Checks requests against their operation: path, query, headers and body, all problems at once.
final class Requests {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// @throws Unfit with everything that does not fit
    /// @throws PlatformException `invalid_json`, or `invalid_request` for a query that cannot be
    ///   decoded
    ControlCall check(
            HttpServerRequest request, String id, Found.Operated found, Key caller, byte[] bytes) {
        var operation = found.operation();
        refuseUndecodable(request);
        var faults = new ArrayList<Fault>();
        var parameters = new HashMap<String, String>();
        for (var parameter : operation.parameters()) {
            var text = text(request, found.path(), parameter);
            check(parameter, text, faults);
            if (text != null) {
                parameters.put(parameter.name(), text);
            }
        }
        refuseUnknown(request, operation, faults);
        var body = body(operation, bytes, faults);
        if (!faults.isEmpty()) {
            throw new Unfit(faults);
        }
        return new ControlCall(operation, parameters, body, Buffer.buffer(bytes), caller, id);
    }

    private static void refuseUndecodable(HttpServerRequest request) {
        try {
            request.params();
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST,
                    "The query \"%s\" cannot be decoded (%s); write %%25 for a percent sign."
                            .formatted(request.query(), e.getMessage()),
                    e);
        }
    }

    private static @Nullable String text(
            HttpServerRequest request, Map<String, String> path, Parameter parameter) {
        return switch (parameter.in()) {
            case "path" -> path.get(parameter.name());
            case "query" -> request.getParam(parameter.name());
            case "header" -> request.getHeader(parameter.name());
            default -> throw new IllegalStateException("parameter in " + parameter.in());
        };
    }

    private static void check(Parameter parameter, @Nullable String text, List<Fault> faults) {
        if (text != null) {
            faults.addAll(
                    Validation.faults(
                            parameter.name(), parameter.schema(), node(parameter.type(), text)));
        } else if (parameter.required()) {
            faults.add(new Fault(parameter.name(), "is required"));
        }
    }

    /// Text that is not of the type stays text, so that the schema complains about it.
    private static JsonNode node(String type, String text) {
        return switch (type) {
            case "integer" ->
                    text.matches("-?\\d{1,18}")
                            ? NODES.numberNode(Long.parseLong(text))
                            : NODES.stringNode(text);
            case "boolean" ->
                    text.matches("true|false")
                            ? NODES.booleanNode(Boolean.parseBoolean(text))
                            : NODES.stringNode(text);
            default -> NODES.stringNode(text);
        };
    }

    private static void refuseUnknown(
            HttpServerRequest request, Operation operation, List<Fault> faults) {
        var known =
                operation.parameters().stream()
                        .filter(parameter -> parameter.in().equals("query"))
                        .map(Parameter::name)
                        .toList();
        request.params().names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        faults.add(
                                new Fault(
                                        name,
                                        "is not a parameter of this operation."
                                                + Nearest.hint(name, known))));
    }

    private static JsonNode body(Operation operation, byte[] bytes, List<Fault> faults) {
        var schema = operation.body();
        if (schema.isEmpty()) {
            return NODES.missingNode();
        }
        if (bytes.length == 0) {
            faults.add(new Fault("body", "is required; send a JSON object"));
            return NODES.missingNode();
        }
        var body = Spelling.canonical(Json.tree(bytes));
        faults.addAll(Validation.faults("body", schema.get(), body));
        return body;
    }
}
