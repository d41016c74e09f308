package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.Usage;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests from the gateway to engines and their answers.
@Timeout(60)
final class DataPlaneIT {
    @TempDir Path home;
    @AutoClose TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = new TestNode(home);
        node.start();
    }

    @Test
    void only_the_gateway_may_call() {
        var stranger =
                new GatewayClient(node.vertx, node.control.authority, "node-2", node.dataPort());

        assertThatThrownBy(
                        () -> {
                            var path = "/replicas/x/v1/models";
                            var request = stranger.request(HttpMethod.GET, path, "req-12345678");
                            request.send().await(5, TimeUnit.SECONDS);
                        })
                .hasMessageContaining("closed");
    }

    @Test
    void a_gateway_whose_certificate_has_ended_may_not_call_even_over_a_resumed_session()
            throws Exception {
        node.ready("chat-0");
        var gateway = GatewayClient.resuming(node, Duration.ofSeconds(2));
        assertThat(TestNode.echo(gateway, "chat-0", "req-12345678")).isEqualTo("hi");
        var ended = Instant.now().plusSeconds(2);
        Await.until("the end of the certificate", () -> Instant.now().isAfter(ended));

        var refused = gateway.post("/replicas/chat-0/v1/echo", "req-12345678", "hi");

        assertThatThrownBy(() -> refused.await(5, TimeUnit.SECONDS)).hasMessageContaining("closed");
    }

    @Test
    void refusals_are_in_openais_shape() throws Exception {
        node.control.hear(Hello.class);
        var gateway = node.gateway();

        assertThat(gateway.refusal("/replicas/x/v1/models"))
                .startsWith("404 req-12345678 null ")
                .contains("\"code\":\"not_found\"", "no replica \\\"x\\\" on this node");
        assertThat(gateway.refusal("/replicas/x/health")).startsWith("404").contains("not served");

        node.control.weights.clear();
        node.desire(1, TestNode.engine("chat-0"));
        node.hearState("chat-0", State.FAILED);
        assertThat(gateway.refusal("/replicas/chat-0/v1/models"))
                .startsWith("503 req-12345678 1 ")
                .contains("no_ready_replica", "failed, not ready");
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void streams_and_a_cancelled_stream_stops_the_engine(HttpVersion version) throws Exception {
        node.ready("chat-0");
        var authority = node.control.authority;
        var gateway = new GatewayClient(node.vertx, authority, "gateway", node.dataPort(), version);
        var request =
                gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/stream", "req-cancelled");

        var first = new CompletableFuture<String>();
        request.send(Buffer.buffer("{}"))
                .onSuccess(answer -> answer.handler(chunk -> first.complete(chunk.toString())))
                .await();
        assertThat(first.get(5, TimeUnit.SECONDS)).startsWith("data: 0\n\n");
        request.reset().await();

        var record = node.control.hear(Usage.class).records().getFirst();
        assertThat(record.request()).isEqualTo("req-cancelled");
        assertThat(record.finish()).isEqualTo("cancelled");
    }

    @Test
    void an_engine_that_breaks_off_is_not_taken_for_the_end() throws Exception {
        var gateway = node.ready("chat-0");

        var answer = gateway.post("/replicas/chat-0/v1/break", "req-12345678", "x");

        assertThatThrownBy(() -> answer.await(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
    }

    @Test
    void a_slow_reader_holds_the_engine_back_and_loses_nothing() throws Exception {
        var gateway = node.ready("chat-0");
        var large = "0123456789".repeat(500_000);
        var request = gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/echo", "req-12345678");

        var answer = request.send(large).map(HttpClientResponse::pause).await();
        var read = new CompletableFuture<String>();
        node.vertx.setTimer(
                500,
                fired -> answer.resume().body().onSuccess(body -> read.complete(body.toString())));

        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(large);
    }
}
