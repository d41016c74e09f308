package org.deepseekplugin.cli.up;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// How far the demo service is, as this start of the server knows it. A replica that was ready
/// before counts only when its agent has called again and says that the engine is ready.
record DemoState(boolean ready, String sentence) {

    /// @param service as the control API shows it
    /// @param nodes the answer of `/nodes`
    static DemoState of(JsonNode service, JsonNode nodes) {
        var replicas = service.path("replicas");
        var ready = replicas.valueStream().filter(replica -> isReady(replica)).toList();
        if (ready.stream().anyMatch(replica -> answers(replica, nodes))) {
            return new DemoState(true, "");
        }
        return new DemoState(
                false,
                ready.isEmpty()
                        ? sentence(replicas.path(0))
                        : "machine: waiting for its agent to call again");
    }

    private static boolean isReady(JsonNode one) {
        return one.path("state").asString("").equals("ready");
    }

    private static boolean answers(JsonNode replica, JsonNode nodes) {
        return nodes.path("nodes")
                .valueStream()
                .filter(node -> node.path("instance").equals(replica.path("instance")))
                .filter(node -> node.path("connected").asBoolean(false))
                .flatMap(node -> node.path("engines").valueStream())
                .filter(engine -> engine.path("replica").equals(replica.path("id")))
                .anyMatch(DemoState::isReady);
    }

    /// What it is about, its state where the detail does not say it, the detail.
    private static String sentence(JsonNode replica) {
        var state = replica.path("state").asString("pending");
        var detail = replica.path("detail").asString("");
        var subject =
                switch (state) {
                    case "pulling" -> "weights";
                    case "starting", "failed" -> "engine";
                    default -> "machine";
                };
        var words = Stream.of(state, detail).filter(word -> !word.isEmpty()).distinct().toList();
        return subject + ": " + String.join(", ", words);
    }
}
