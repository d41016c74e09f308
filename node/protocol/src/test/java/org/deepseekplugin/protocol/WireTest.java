package org.deepseekplugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WireTest {
    private static final AgentMessage HEARTBEAT =
            new AgentMessage.Heartbeat(
                    7,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    3,
                    List.of(
                            new EngineStatus(
                                    "chat-0",
                                    EngineStatus.State.READY,
                                    "",
                                    1,
                                    0,
                                    EngineStats.IDLE,
                                    Unknown.NONE)),
                    new HostReading(0.5, 100, 200, Unknown.NONE),
                    List.of(
                            new AcceleratorReading(
                                    0, 0.25, 10, 20, Double.NaN, 300, "simulated", Unknown.NONE)),
                    Unknown.NONE);

    @Test
    void a_message_survives_the_round_trip() {
        assertThat(Wire.decode(AgentMessage.class, Wire.encode((Record) HEARTBEAT)))
                .isEqualTo(HEARTBEAT);
    }

    @Test
    void fields_of_a_newer_peer_survive_the_round_trip() {
        var map = new HashMap<>(Wire.encode(new HostReading(0.5, 100, 200, Unknown.NONE)));
        map.put("swapUsedMib", 7L);

        assertThat(Wire.encode(Wire.decode(HostReading.class, map))).isEqualTo(map);
    }

    @Test
    void a_case_is_named_by_its_type() {
        assertThat(Wire.encode((Record) HEARTBEAT)).containsEntry("type", "heartbeat");
        assertThatThrownBy(() -> Wire.decode(AgentMessage.class, Map.of("type", "sing")))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("sing");
    }

    @Test
    void a_wrong_value_is_named_with_its_field() {
        assertThatThrownBy(() -> Wire.decode(HostReading.class, Map.of("memoryUsedMib", "much")))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("memoryUsedMib")
                .hasMessageContaining("much");
    }
}
