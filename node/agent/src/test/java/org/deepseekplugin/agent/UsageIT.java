package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.agent.TestNode.requests;

import java.nio.file.Path;
import org.deepseekplugin.protocol.AgentMessage.Usage;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.ServerMessage.UsageAck;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What engines counted reaches the control plane at least once.
@Timeout(60)
final class UsageIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = new TestNode(home);
        node.start();
    }

    @Test
    void usage_is_sent_until_it_is_acknowledged_also_across_a_restart() throws Exception {
        var gateway = node.ready("chat-0");
        TestNode.echo(gateway, "chat-0", "req-00000001");
        assertThat(requests(node.control.hear(Usage.class))).containsExactly("req-00000001");

        node.control.dropConnection();
        assertThat(requests(node.control.hear(Usage.class))).containsExactly("req-00000001");

        node.stop();
        node.start();
        var again = node.control.hear(Usage.class);
        assertThat(requests(again)).containsExactly("req-00000001");
        assertThat(again.records().getFirst().completionTokens()).isEqualTo(5);

        node.control.send(new UsageAck(again.batch(), Unknown.NONE));
        node.hearState("chat-0", State.READY);
        TestNode.echo(node.gateway(), "chat-0", "req-00000002");
        assertThat(requests(node.control.hear(Usage.class))).containsExactly("req-00000002");
    }
}
