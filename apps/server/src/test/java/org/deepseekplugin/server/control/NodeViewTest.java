package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.nodes.LiveNode;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.HostReading;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.Test;

class NodeViewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Fingerprint PRINT =
            new Fingerprint(
                    "1.0",
                    "linux",
                    "x64",
                    "cpu",
                    2,
                    4096,
                    100,
                    List.of("avx2"),
                    List.of(),
                    "127.0.0.1",
                    1,
                    Unknown.NONE);

    @Test
    void a_node_is_shown_as_the_contract_says() {
        var live =
                new LiveNode(
                        true,
                        NOW,
                        3,
                        List.of(
                                new EngineStatus(
                                        "rep-1",
                                        EngineStatus.State.PULLING,
                                        "half",
                                        Double.NaN,
                                        0,
                                        EngineStats.IDLE,
                                        Unknown.NONE)),
                        Optional.of(new HostReading(Double.NaN, 10, 20, Unknown.NONE)),
                        List.of(
                                new AcceleratorReading(
                                        0,
                                        0.5,
                                        1,
                                        2,
                                        Double.NaN,
                                        Double.NaN,
                                        "nvml",
                                        Unknown.NONE)));
        var shown = fits(Optional.of(live));
        assertThat(shown.at("/engines/0/state").asString()).isEqualTo("pulling");
        assertThat(shown.at("/accelerators/0/source").asString()).isEqualTo("nvml");
    }

    @Test
    void a_node_that_was_never_heard_is_shown_too() {
        assertThat(fits(Optional.empty()).get("connected").asBoolean()).isFalse();
    }

    private static tools.jackson.databind.JsonNode fits(Optional<LiveNode> live) {
        var node =
                new Node(
                        "node-1",
                        "default",
                        Optional.empty(),
                        Node.State.UP,
                        PRINT,
                        NOW,
                        NOW,
                        live);
        var shown = Json.tree(Json.write(NodeView.of(node, Map.of())).getBytes(UTF_8));
        assertThat(ClosedContract.load().schema("Node").validate(shown)).isEmpty();
        return shown;
    }
}
