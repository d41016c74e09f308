package org.deepseekplugin.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.AgentMessage.Heartbeat;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.LogLines;
import org.deepseekplugin.protocol.AgentMessage.Usage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.ServerMessage.Desired;
import org.deepseekplugin.protocol.ServerMessage.TailLog;
import org.deepseekplugin.protocol.ServerMessage.UsageAck;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A whole agent against a control plane that a test speaks for, with real TLS, WebSockets and
/// engine processes (of a fake engine), on loopback.
@Timeout(60)
final class AgentIT {
    private static final byte[] WEIGHTS = "some weights".getBytes(UTF_8);

    @TempDir Path home;
    private Vertx vertx;
    private FakeControlPlane control;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        vertx = EventLoops.create(1);
        control = new FakeControlPlane(vertx);
        control.weights.put(sha256(WEIGHTS), WEIGHTS);
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
        control.close();
        vertx.close().await();
    }

    @Test
    void joins_and_says_who_it_is() throws Exception {
        startAgent();

        var hello = control.hear(Hello.class);
        assertThat(hello.node()).isEqualTo(FakeControlPlane.NODE);
        assertThat(hello.fingerprint().cpus()).isPositive();
        assertThat(hello.fingerprint().memoryMib()).isPositive();
        assertThat(hello.fingerprint().dataHost()).isEqualTo("127.0.0.1");
        assertThat(hello.fingerprint().dataPort()).isPositive();
        assertThat(control.joins).hasSize(1);
        assertThat(Files.getPosixFilePermissions(home.resolve("identity/key.pem"))).hasSize(2);
    }

    @Test
    void repeats_a_join_whose_answer_was_lost_with_the_same_key() throws Exception {
        control.lostAnswers.set(2);

        startAgent();

        control.hear(Hello.class);
        assertThat(control.joins).hasSize(3);
        assertThat(control.joins.stream().map(join -> join.csrPem()).distinct()).hasSize(1);
    }

    @Test
    void a_refused_token_ends_the_agent_with_the_control_planes_words() {
        assertThatThrownBy(() -> Agent.start(settings("stolen"), new CountDownLatch(1)))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("this token is not known");
    }

    @Test
    void after_a_reboot_it_is_the_same_node_on_the_same_port_and_serves_before_it_is_told()
            throws Exception {
        startAgent();
        int port = control.hear(Hello.class).fingerprint().dataPort();
        desire(1, engine("chat-0"));
        hearState("chat-0", State.READY);

        agent.close();
        control.heard.clear();
        startAgent();

        assertThat(control.hear(Hello.class).fingerprint().dataPort()).isEqualTo(port);
        hearState("chat-0", State.READY);
        assertThat(control.joins).hasSize(1);
    }

    @Test
    void reconnects_and_its_engines_go_on_serving_meanwhile() throws Exception {
        startAgent();
        var gateway = readyGateway("chat-0");

        control.dropConnection();

        assertThat(
                        body(
                                gateway.request(
                                        HttpMethod.POST,
                                        "/replicas/chat-0/v1/echo",
                                        "req-12345678"),
                                "hi"))
                .isEqualTo("hi");
        control.hear(Hello.class);
        assertThat(control.connections).hasValue(2);
        hearState("chat-0", State.READY);
    }

    @Test
    void a_message_it_cannot_read_closes_the_connection_with_the_reason() throws Exception {
        startAgent();
        control.hear(Hello.class);

        control.sendText("{\"type\":\"sing\"}");

        control.hear(Hello.class);
        assertThat(control.lastClose).isEqualTo("1007 type \"sing\" is not a known ServerMessage");
    }

    @Test
    void runs_what_is_desired_and_stops_what_is_not() throws Exception {
        startAgent();
        control.hear(Hello.class);
        desire(1, engine("chat-0"), engine("chat-1"));
        hearState("chat-0", State.READY);
        var both = hearState("chat-1", State.READY);
        assertThat(both.revision()).isEqualTo(1);
        assertThat(both.engines()).extracting(each -> each.stats().slots()).contains(4);

        desire(2, engine("chat-1"));

        hearState("chat-0", State.STOPPED);
        var rest = control.hear(Heartbeat.class, beat -> beat.engines().size() == 1);
        assertThat(rest.engines().getFirst().replica()).isEqualTo("chat-1");
        assertThat(rest.engines().getFirst().restarts()).isZero();
    }

    @Test
    void an_engine_that_dies_is_started_again() throws Exception {
        startAgent();
        var gateway = readyGateway("chat-0");

        gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/crash", "req-12345678").send();

        var failed = hearState("chat-0", State.FAILED);
        assertThat(failed.engines().getFirst().detail())
                .contains("exit code 3")
                .contains("fake engine listens");
        assertThat(hearState("chat-0", State.READY).engines().getFirst().restarts()).isEqualTo(1);
    }

    @Test
    void weights_that_cannot_be_had_are_said() throws Exception {
        startAgent();
        control.hear(Hello.class);
        control.weights.clear();

        desire(1, engine("chat-0"));

        assertThat(hearState("chat-0", State.FAILED).engines().getFirst().detail())
                .contains("mirror: server answered HTTP 404");
    }

    @Test
    void only_the_gateway_may_call() throws Exception {
        startAgent();
        int port = control.hear(Hello.class).fingerprint().dataPort();
        var stranger = new GatewayClient(vertx, control.authority, "node-2", port);

        assertThatThrownBy(
                        () -> {
                            var request =
                                    stranger.request(
                                            HttpMethod.GET,
                                            "/replicas/x/v1/models",
                                            "req-12345678");
                            request.send().await(5, TimeUnit.SECONDS);
                        })
                .hasMessageContaining("closed");
    }

    @Test
    void refusals_are_in_openais_shape() throws Exception {
        startAgent();
        int port = control.hear(Hello.class).fingerprint().dataPort();
        var gateway = new GatewayClient(vertx, control.authority, "gateway", port);

        assertThat(gateway.refusal("/replicas/x/v1/models"))
                .startsWith("404 req-12345678 null ")
                .contains("\"code\":\"not_found\"", "no replica \\\"x\\\" on this node");
        assertThat(gateway.refusal("/replicas/x/health")).startsWith("404").contains("not served");

        control.weights.clear();
        desire(1, engine("chat-0"));
        hearState("chat-0", State.FAILED);
        assertThat(gateway.refusal("/replicas/chat-0/v1/models"))
                .startsWith("503 req-12345678 1 ")
                .contains("no_ready_replica", "failed, not ready");
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void streams_and_a_cancelled_stream_stops_the_engine(HttpVersion version) throws Exception {
        startAgent();
        int port = control.hear(Hello.class).fingerprint().dataPort();
        desire(1, engine("chat-0"));
        hearState("chat-0", State.READY);
        var gateway = new GatewayClient(vertx, control.authority, "gateway", port, version);
        var request =
                gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/stream", "req-cancelled");

        var first = new CompletableFuture<String>();
        request.send(Buffer.buffer("{}"))
                .onSuccess(answer -> answer.handler(chunk -> first.complete(chunk.toString())))
                .await();
        assertThat(first.get(5, TimeUnit.SECONDS)).startsWith("data: 0\n\n");
        request.reset().await();

        var record = control.hear(Usage.class).records().getFirst();
        assertThat(record.request()).isEqualTo("req-cancelled");
        assertThat(record.finish()).isEqualTo("cancelled");
    }

    @Test
    void an_engine_that_breaks_off_is_not_taken_for_the_end() throws Exception {
        startAgent();
        var gateway = readyGateway("chat-0");

        var request = gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/break", "req-12345678");

        assertThatThrownBy(() ->
                        request.send("x")
                                .compose(HttpClientResponse::body)
                                .await(10, TimeUnit.SECONDS))
                .hasMessageContaining("closed");
    }

    @Test
    void a_slow_reader_holds_the_engine_back_and_loses_nothing() throws Exception {
        startAgent();
        var gateway = readyGateway("chat-0");
        var large = "0123456789".repeat(500_000);
        var request = gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/echo", "req-12345678");

        var answer =
                request.send(large)
                        .map(response -> {
                            response.pause();
                            return response;
                        })
                        .await();
        var read = new CompletableFuture<String>();
        vertx.setTimer(
                500,
                fired -> answer.resume().body().onSuccess(body -> read.complete(body.toString())));

        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(large);
    }

    @Test
    void usage_is_sent_until_it_is_acknowledged_also_across_a_restart() throws Exception {
        startAgent();
        var gateway = readyGateway("chat-0");
        body(gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/echo", "req-00000001"), "hi");
        assertThat(requests(control.hear(Usage.class))).containsExactly("req-00000001");

        control.dropConnection();
        assertThat(requests(control.hear(Usage.class))).containsExactly("req-00000001");

        agent.close();
        control.heard.clear();
        startAgent();
        var again = control.hear(Usage.class);
        assertThat(requests(again)).containsExactly("req-00000001");
        assertThat(again.records().getFirst().completionTokens()).isEqualTo(5);

        control.send(new UsageAck(again.batch(), Unknown.NONE));
        hearState("chat-0", State.READY);
        body(
                new GatewayClient(vertx, control.authority, "gateway", port())
                        .request(HttpMethod.POST, "/replicas/chat-0/v1/echo", "req-00000002"),
                "hi");
        assertThat(requests(control.hear(Usage.class))).containsExactly("req-00000002");
    }

    @Test
    void answers_with_the_last_lines_of_a_log() throws Exception {
        startAgent();
        readyGateway("chat-0");

        control.send(new TailLog("q1", "chat-0", 10, Unknown.NONE));
        control.send(new TailLog("q2", "agent", 10, Unknown.NONE));

        assertThat(control.hear(LogLines.class).lines()).containsExactly("fake engine listens");
        assertThat(control.hear(LogLines.class).lines())
                .anyMatch(line -> line.contains("engine ready"));
    }

    private void startAgent() throws Exception {
        agent = Agent.start(settings(FakeControlPlane.TOKEN), new CountDownLatch(1));
    }

    private AgentSettings settings(String token) {
        return new AgentSettings(
                home,
                control.uri(),
                control.authority.certificatePem(),
                new Secret(token),
                "127.0.0.1",
                List.of(new FakeLauncher()),
                Map.of(),
                AgentLog.attach());
    }

    private GatewayClient readyGateway(String replica) throws InterruptedException {
        int port = control.hear(Hello.class).fingerprint().dataPort();
        desire(1, engine(replica));
        hearState(replica, State.READY);
        return new GatewayClient(vertx, control.authority, "gateway", port);
    }

    private int port() throws Exception {
        return Integer.parseInt(Files.readString(home.resolve("data-port")));
    }

    private void desire(long revision, EngineSpec... engines) {
        control.send(new Desired(revision, List.of(engines), Unknown.NONE));
    }

    private Heartbeat hearState(String replica, State state) throws InterruptedException {
        return control.hear(
                Heartbeat.class,
                beat ->
                        beat.engines().stream()
                                .anyMatch(engine ->
                                        engine.replica().equals(replica)
                                                && engine.state() == state));
    }

    private static List<String> requests(Usage usage) {
        return usage.records().stream().map(record -> record.request()).toList();
    }

    private static String body(io.vertx.core.http.HttpClientRequest request, String text) {
        return request.send(text).compose(HttpClientResponse::body).await().toString();
    }

    private static EngineSpec engine(String replica) {
        var weights =
                new WeightsFile(
                        "weights.bin",
                        WEIGHTS.length,
                        sha256(WEIGHTS),
                        "MIT",
                        List.of("mirror"),
                        Unknown.NONE);
        return new EngineSpec(replica, "fake", "model", List.of(weights), Map.of(), Unknown.NONE);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
