package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JoiningIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void prepare() {
        node = new TestNode(home);
    }

    @Test
    void joins_and_says_who_it_is() throws Exception {
        node.start();

        var hello = node.control.hear(Hello.class);
        assertThat(hello.node()).isEqualTo(FakeControlPlane.NODE);
        assertThat(hello.fingerprint().cpus()).isPositive();
        assertThat(hello.fingerprint().memoryMib()).isPositive();
        assertThat(hello.fingerprint().dataHost()).isEqualTo("127.0.0.1");
        assertThat(hello.fingerprint().dataPort()).isPositive();
        assertThat(node.control.joins).hasSize(1);
        assertThat(Files.getPosixFilePermissions(home.resolve("identity/identity.json")))
                .as("read and write, for the owner only")
                .hasSize(2);
    }

    @Test
    void repeats_a_join_whose_answer_was_lost_with_the_same_key() throws Exception {
        node.control.lostAnswers.set(2);

        node.start();

        node.control.hear(Hello.class);
        assertThat(node.control.joins).hasSize(3);
        assertThat(node.control.joins.stream().map(join -> join.csrPem()).distinct()).hasSize(1);
    }

    @Test
    void a_refused_token_ends_the_agent_with_the_control_planes_words() {
        assertThatThrownBy(() -> node.start("stolen"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("this token is not known");
    }

    @Test
    void after_a_reboot_it_is_the_same_node_on_the_same_port_and_serves_before_it_is_told()
            throws Exception {
        node.start();
        node.ready("chat-0");
        int port = node.dataPort();

        node.stop();
        node.start();

        assertThat(node.control.hear(Hello.class).fingerprint().dataPort()).isEqualTo(port);
        node.hearState("chat-0", State.READY);
        assertThat(node.control.joins).hasSize(1);
    }
}
