package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;

/// @param heartbeat how often agents report
/// @param deadline a node that was silent for so long is dead
/// @param bootDeadline how long a join token lives after its machine was rented
public record NodeSettings(Duration heartbeat, Duration deadline, Duration bootDeadline) {

    public static NodeSettings defaults() {
        return new NodeSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }
}
