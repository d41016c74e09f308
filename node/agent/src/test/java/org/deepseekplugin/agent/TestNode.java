package org.deepseekplugin.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.AgentMessage.Heartbeat;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.Usage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.ServerMessage.Desired;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;

/// A whole agent against a control plane that a test speaks for, with real TLS, WebSockets and
/// engine processes (of a fake engine), on loopback.
final class TestNode implements AutoCloseable {
    private static final byte[] WEIGHTS = "some weights".getBytes(UTF_8);

    final Path home;
    final Vertx vertx = EventLoops.create(1);
    final FakeControlPlane control = new FakeControlPlane(vertx);
    Clock clock = Clock.systemUTC();
    private Agent agent;

    TestNode(Path home) {
        this.home = home;
        control.weights.put(sha256(WEIGHTS), WEIGHTS);
    }

    void start() throws Exception {
        start(FakeControlPlane.TOKEN);
    }

    void start(String token) throws Exception {
        agent = Agent.start(settings(token), new CountDownLatch(1));
    }

    /// As SIGTERM does.
    void stop() {
        agent.close();
        agent = null;
        control.heard.clear();
    }

    private AgentSettings settings(String token) {
        return new AgentSettings(
                home,
                control.uri(),
                control.authority.certificatePem(),
                new Secret(token),
                "127.0.0.1",
                List.of(new FakeLauncher("fake")),
                Map.of(),
                AgentLog.attach(),
                clock);
    }

    /// A node that has started and runs one engine.
    GatewayClient ready(String replica) throws InterruptedException {
        control.hear(Hello.class);
        desire(1, engine(replica));
        hearState(replica, State.READY);
        return gateway();
    }

    GatewayClient gateway() {
        return new GatewayClient(vertx, control.authority, "gateway", dataPort());
    }

    int dataPort() {
        try {
            return Integer.parseInt(Files.readString(home.resolve("data-port")));
        } catch (IOException e) {
            throw new AssertionError("the agent has no data port yet", e);
        }
    }

    void desire(long revision, EngineSpec... engines) {
        control.send(new Desired(revision, List.of(engines), Unknown.NONE));
    }

    EngineStatus hearState(String replica, State state) throws InterruptedException {
        return status(
                replica,
                control.hear(
                        Heartbeat.class,
                        beat ->
                                beat.engines().stream()
                                        .anyMatch(engine ->
                                                engine.replica().equals(replica)
                                                        && engine.state() == state)));
    }

    static EngineStatus status(String replica, Heartbeat beat) {
        return beat.engines().stream()
                .filter(engine -> engine.replica().equals(replica))
                .findFirst()
                .orElseThrow();
    }

    static EngineSpec engine(String replica) {
        var weights =
                new WeightsFile(
                        "weights.bin",
                        WEIGHTS.length,
                        sha256(WEIGHTS),
                        "MIT",
                        List.of("mirror"),
                        Unknown.NONE);
        return engine(replica, weights);
    }

    static EngineSpec engine(String replica, WeightsFile weights) {
        return new EngineSpec(replica, "fake", "model", List.of(weights), Map.of(), Unknown.NONE);
    }

    static String echo(GatewayClient gateway, String replica, String requestId) {
        return gateway.post("/replicas/" + replica + "/v1/echo", requestId, "hi").await();
    }

    static List<String> requests(Usage usage) {
        return usage.records().stream().map(record -> record.request()).toList();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        control.close();
        vertx.close().await();
    }
}
