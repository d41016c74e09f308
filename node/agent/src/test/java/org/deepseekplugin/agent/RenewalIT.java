package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certificates that live for seconds, judged by real TLS.
@Timeout(60)
final class RenewalIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void prepare() {
        node = new TestNode(home);
    }

    @Test
    void renews_without_dropping_the_link_or_a_stream_and_shows_the_new_certificate()
            throws Exception {
        node.control.lifetime = Duration.ofSeconds(10);
        node.control.heartbeat = Duration.ofSeconds(1); // three of which a busy machine may need
        node.start();
        var gateway = node.ready("chat-0");
        var firstSerial = node.gateway().serverSerial();
        var chunks = new AtomicInteger();
        var broken = new AtomicReference<Throwable>();
        gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/stream", "req-12345678")
                .send("{}")
                .onSuccess(answer -> {
                    answer.exceptionHandler(broken::set);
                    answer.handler(chunk -> chunks.incrementAndGet());
                })
                .await();

        Await.until("two renewals", () -> node.control.renewals.size() >= 2);
        int afterTwo = chunks.get();
        Await.until("the stream goes on", () -> chunks.get() > afterTwo + 10);

        assertThat(broken).hasNullValue();
        assertThat(node.control.connections).hasValue(1);
        assertThat(node.control.rejoins).isEmpty();
        Await.until(
                "another certificate is shown",
                () -> !node.gateway().serverSerial().equals(firstSerial));
        assertThat(node.control.renewals)
                .extracting(renew -> renew.csrPem())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_renewed_certificate_survives_a_restart() throws Exception {
        node.control.lifetime = Duration.ofSeconds(6);
        node.start();
        node.control.hear(Hello.class);
        node.control.lifetime = Duration.ofHours(1);
        Await.until("a renewal", () -> node.control.renewals.size() == 1);
        Await.until("it is shown", () -> node.gateway().serverExpiresAfter(Duration.ofMinutes(30)));

        node.stop();
        node.start();

        node.control.hear(Hello.class);
        assertThat(node.control.joins).hasSize(1);
        assertThat(node.control.rejoins).isEmpty();
    }

    @Test
    void a_node_whose_certificate_ended_while_it_was_down_comes_back_by_its_key() throws Exception {
        node.control.lifetime = Duration.ofSeconds(2);
        node.start();
        node.ready("chat-0");
        var ends = Clock.systemUTC().instant().plusSeconds(2);
        node.stop();
        node.control.rejoins.clear(); // on a busy machine it may have ended before, too
        Await.until("the end of the certificate", () -> Clock.systemUTC().instant().isAfter(ends));
        node.control.lifetime = Duration.ofHours(1);

        node.start();

        node.control.hear(Hello.class);
        node.hearState("chat-0", State.READY);
        assertThat(TestNode.echo(node.gateway(), "chat-0", "req-12345678")).isEqualTo("hi");
        assertThat(node.control.rejoins).hasSize(1);
        assertThat(node.control.joins).hasSize(1);
    }
}
