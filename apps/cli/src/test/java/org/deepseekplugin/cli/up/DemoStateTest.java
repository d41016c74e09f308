package org.deepseekplugin.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;

class DemoStateTest {
    private static final String READY = replica("ready", "");

    @Test
    void a_replica_that_was_ready_before_waits_for_its_agent() {
        var away = node(false, "{\"replica\": \"r1\", \"state\": \"ready\"}");
        assertThat(of(READY, away))
                .isEqualTo(new DemoState(false, "machine: waiting for its agent to call again"));
        assertThat(of(READY, "").ready()).isFalse();
    }

    @Test
    void a_connected_agent_whose_engine_still_loads_is_not_enough() {
        assertThat(of(READY, node(true, "")).ready()).isFalse();
        var loading = node(true, "{\"replica\": \"r1\", \"state\": \"starting\"}");
        assertThat(of(READY, loading).ready()).isFalse();
        var another = node(true, "{\"replica\": \"r2\", \"state\": \"ready\"}");
        assertThat(of(READY, another).ready()).isFalse();
    }

    @Test
    void it_answers_when_the_connected_agent_says_that_the_engine_is_ready() {
        var ready = node(true, "{\"replica\": \"r1\", \"state\": \"ready\"}");
        assertThat(of(READY, ready).ready()).isTrue();
    }

    @Test
    void every_state_says_what_it_is_about() {
        assertThat(sentence("booting", "waiting for the agent of aws:i-1"))
                .isEqualTo("machine: booting, waiting for the agent of aws:i-1");
        assertThat(sentence("pulling", "42%")).isEqualTo("weights: pulling, 42%");
        assertThat(sentence("starting", "starting")).isEqualTo("engine: starting");
        assertThat(sentence("failed", "exit 1")).isEqualTo("engine: failed, exit 1");
    }

    private static String sentence(String state, String detail) {
        return of(replica(state, detail), "").sentence();
    }

    private static DemoState of(String replica, String node) {
        return DemoState.of(
                Json.tree(("{\"replicas\": [" + replica + "]}").getBytes(UTF_8)),
                Json.tree(("{\"nodes\": [" + node + "]}").getBytes(UTF_8)));
    }

    private static String replica(String state, String detail) {
        return "{\"id\": \"r1\", \"instance\": \"aws:i-1\", \"state\": \"%s\", \"detail\": \"%s\"}"
                .formatted(state, detail);
    }

    private static String node(boolean connected, String engine) {
        return "{\"instance\": \"aws:i-1\", \"connected\": %s, \"engines\": [%s]}"
                .formatted(connected, engine);
    }
}
