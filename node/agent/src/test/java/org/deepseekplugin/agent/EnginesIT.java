package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import org.deepseekplugin.protocol.AgentMessage.Heartbeat;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.LogLines;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.ServerMessage.TailLog;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Engines are started, watched, and ended.
@Timeout(60)
final class EnginesIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = new TestNode(home);
        node.start();
    }

    @Test
    void runs_what_is_desired_and_stops_what_is_not() throws Exception {
        node.control.hear(Hello.class);
        node.desire(1, TestNode.engine("chat-0"), TestNode.engine("chat-1"));
        var both = node.control.hear(Heartbeat.class, EnginesIT::twoAreReady);
        assertThat(both.revision()).isEqualTo(1);
        assertThat(both.engines()).extracting(each -> each.stats().slots()).contains(4);

        node.desire(2, TestNode.engine("chat-1"));

        node.hearState("chat-0", State.STOPPED);
        var rest = node.control.hear(Heartbeat.class, beat -> beat.engines().size() == 1);
        assertThat(rest.engines().getFirst().replica()).isEqualTo("chat-1");
        assertThat(rest.engines().getFirst().restarts()).isZero();
    }

    private static boolean twoAreReady(Heartbeat beat) {
        return beat.engines().stream().filter(each -> each.state() == State.READY).count() == 2;
    }

    @Test
    void an_engine_that_dies_is_started_again() throws Exception {
        var gateway = node.ready("chat-0");

        gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/crash", "req-12345678").send();

        var failed = node.hearState("chat-0", State.FAILED);
        assertThat(failed.detail()).contains("exit code 3").contains("fake engine listens");
        assertThat(node.hearState("chat-0", State.READY).restarts()).isEqualTo(1);
    }

    @Test
    void an_engine_that_is_killed_is_not_called_and_started_again() throws Exception {
        var gateway = node.ready("chat-0");

        EngineProcesses.of("chat-0").forEach(ProcessHandle::destroyForcibly);

        assertThat(node.hearState("chat-0", State.FAILED).detail()).contains("signal 9");
        assertThat(gateway.refusal("/replicas/chat-0/v1/models"))
                .startsWith("503 req-12345678 1 ")
                .contains("no_ready_replica");
        assertThat(node.hearState("chat-0", State.READY).restarts()).isEqualTo(1);
        assertThat(TestNode.echo(gateway, "chat-0", "req-12345678")).isEqualTo("hi");
        EngineProcesses.of("chat-0").forEach(ProcessHandle::destroyForcibly);
        node.hearState("chat-0", State.FAILED);
        assertThat(node.hearState("chat-0", State.READY).restarts()).isEqualTo(2);
    }

    @Test
    void a_disk_that_is_too_small_is_said_with_what_is_missing() throws Exception {
        node.control.hear(Hello.class);
        var some = TestNode.engine("chat-0").weights().getFirst();
        var huge =
                new WeightsFile(
                        "huge.gguf",
                        1L << 60,
                        "0".repeat(64),
                        some.licence(),
                        some.sources(),
                        Unknown.NONE);

        node.desire(1, TestNode.engine("chat-0", huge));

        var failed = node.hearState("chat-0", State.FAILED);
        assertThat(failed.detail())
                .contains("huge.gguf needs", "MiB more", "Free some space there");
    }

    @Test
    void a_name_that_is_none_has_no_log() throws Exception {
        node.control.hear(Hello.class);

        node.control.send(new TailLog("q1", "../..", 10, Unknown.NONE));

        assertThat(node.control.hear(LogLines.class).lines())
                .singleElement(STRING)
                .contains("is not of letters");
    }

    @Test
    void weights_that_cannot_be_had_are_said() throws Exception {
        node.control.hear(Hello.class);
        node.control.weights.clear();

        node.desire(1, TestNode.engine("chat-0"));

        assertThat(node.hearState("chat-0", State.FAILED).detail())
                .contains("mirror: server answered HTTP 404");
    }
}
