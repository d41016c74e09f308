package org.deepseekplugin.server.control;

import org.deepseekplugin.server.Ask;
import org.deepseekplugin.server.LiveServer;

/// A request for each operation, that a server with [#SERVICE] and [#RESOURCE] can answer.
final class Examples {
    static final String SERVICE =
            "{\"name\": \"chat\", \"model\": \"SmolLM2-135M-Instruct\", \"replicas\": 0}";
    static final String RESOURCE =
            "{\"name\": \"pinned\", \"config\": {\"cloud\": \"aws\", \"instance_type\": \"c7i.large\"}}";

    static Ask ask(LiveServer server, Operation operation) {
        var ask = server.ask(operation.method().name(), path(operation, name(operation)));
        return switch (operation.id()) {
            case "deployService" -> ask.body(SERVICE);
            case "allocateResource" -> ask.body(RESOURCE.replace("pinned", "another"));
            case "createKey" -> ask.body("{\"name\": \"example\", \"expires_in\": \"30d\"}");
            case "revokeKey" -> server.ask("DELETE", "/api/v1/keys/" + key(server));
            case "deleteService" -> {
                server.post("/api/v1/services", SERVICE.replace("chat", "passing"));
                yield server.ask("DELETE", "/api/v1/services/passing");
            }
            case "releaseResource" -> {
                server.post("/api/v1/resources", RESOURCE.replace("pinned", "passing-by"));
                yield server.ask("DELETE", "/api/v1/resources/passing-by");
            }
            default -> ask;
        };
    }

    /// No machine boots here, so that there is no node to be asked.
    static int status(Operation operation) {
        return switch (operation.id()) {
            case "getNode", "getNodeLogs" -> 404;
            case "deployService", "allocateResource", "createKey" -> 201;
            case "deleteService", "releaseResource", "revokeKey" -> 204;
            default -> 200;
        };
    }

    /// @param named stands for every parameter
    static String path(Operation operation, String named) {
        return String.join(
                "/",
                operation.path().segments().stream()
                        .map(segment -> segment.startsWith("{") ? named : segment)
                        .toList());
    }

    private static String name(Operation operation) {
        return operation.id().contains("Resource") ? "pinned" : "chat";
    }

    private static String key(LiveServer server) {
        return server.post("/api/v1/keys", "{\"name\": \"passing\"}").text("/id");
    }

    private Examples() {}
}
