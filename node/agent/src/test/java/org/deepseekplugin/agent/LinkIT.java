package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.LogLines;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.ServerMessage.TailLog;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The connection to the control plane.
@Timeout(60)
final class LinkIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = new TestNode(home);
        node.start();
    }

    @Test
    void reconnects_and_its_engines_go_on_serving_meanwhile() throws Exception {
        var gateway = node.ready("chat-0");

        node.control.dropConnection();

        assertThat(TestNode.echo(gateway, "chat-0", "req-12345678")).isEqualTo("hi");
        node.control.hear(Hello.class);
        assertThat(node.control.connections).hasValue(2);
        node.hearState("chat-0", State.READY);
    }

    @Test
    void a_message_it_cannot_read_closes_the_connection_with_the_reason() throws Exception {
        node.control.hear(Hello.class);

        node.control.sendText("{\"type\":\"sing\"}");

        node.control.hear(Hello.class);
        assertThat(node.control.lastClose)
                .isEqualTo("1007 type \"sing\" is not a known ServerMessage");
    }

    @Test
    void answers_with_the_last_lines_of_a_log() throws Exception {
        node.ready("chat-0");

        node.control.send(new TailLog("q1", "chat-0", 10, Unknown.NONE));
        node.control.send(new TailLog("q2", "agent", 10, Unknown.NONE));

        assertThat(node.control.hear(LogLines.class).lines())
                .containsExactly("fake engine listens");
        assertThat(node.control.hear(LogLines.class).lines())
                .anyMatch(line -> line.contains("engine ready"));
    }
}
