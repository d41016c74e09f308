package org.deepseekplugin.server.control;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.server.keys.Key;
import tools.jackson.databind.JsonNode;

/// A request that fits the contract, from a caller who may make it.
///
/// @param parameters of path, query and headers, by name
/// @param bytes of the body as it came
record ControlCall(
        Operation operation,
        Map<String, String> parameters,
        JsonNode body,
        Buffer bytes,
        Key caller,
        String requestId) {

    String project() {
        return caller.project();
    }

    /// Of a parameter that the contract requires.
    String required(String name) {
        return parameter(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not required"));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    int number(String name, int absent) {
        return parameter(name).map(Integer::parseInt).orElse(absent);
    }

    boolean flag(String name) {
        return parameter(name).map(Boolean::parseBoolean).orElse(false);
    }

    Optional<String> idempotencyKey() {
        return parameter("Idempotency-Key");
    }

    Optional<Duration> seconds(String name) {
        return parameter(name).map(Long::parseLong).map(Duration::ofSeconds);
    }
}
