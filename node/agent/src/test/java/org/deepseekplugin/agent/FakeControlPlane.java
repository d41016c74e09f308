package org.deepseekplugin.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.AgentMessage.Renew;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;
import org.deepseekplugin.protocol.Wire;

/// The control plane's side of the protocol, with an authority of its own: it hears everything and
/// says what a test wants.
final class FakeControlPlane implements AutoCloseable {
    static final String TOKEN = "join-token";
    static final String NODE = "node-1";

    final CertificateAuthority authority = CertificateAuthority.create("test", Clock.systemUTC());
    final List<JoinRequest> joins = new CopyOnWriteArrayList<>();
    final BlockingQueue<AgentMessage> heard = new LinkedBlockingQueue<>();
    final Map<String, byte[]> weights = new ConcurrentHashMap<>();
    final List<RejoinRequest> rejoins = new CopyOnWriteArrayList<>();
    final List<Renew> renewals = new CopyOnWriteArrayList<>();
    final AtomicInteger lostAnswers = new AtomicInteger();
    volatile Duration lifetime = Duration.ofHours(1);
    volatile Duration heartbeat = Duration.ofMillis(300);
    final AtomicInteger connections = new AtomicInteger();
    volatile String lastClose = "";

    private final Vertx vertx;
    private final HttpServer server;
    private volatile ServerWebSocket socket;

    FakeControlPlane(Vertx vertx) {
        this.vertx = vertx;
        var identity = authority.issue("server", List.of("127.0.0.1"), Duration.ofHours(1));
        var options = Tls.serve(new HttpServerOptions(), identity, ClientAuth.REQUEST);
        this.server =
                vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                        .requestHandler(this::handle)
                        .webSocketHandler(this::accept)
                        .listen()
                        .await();
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + server.actualPort());
    }

    String caPem() {
        return authority.certificatePem();
    }

    /// Puts a file into the mirror.
    WeightsFile weights(String name, byte[] content) {
        var sha256 = TestNode.sha256(content);
        weights.put(sha256, content);
        return new WeightsFile(
                name, content.length, sha256, "MIT", List.of("mirror"), Unknown.NONE);
    }

    void send(ServerMessage message) {
        sendText(Json.write(Wire.encode((Record) message)));
    }

    void sendText(String text) {
        socket.writeTextMessage(text).await();
    }

    void dropConnection() {
        socket.close().await();
    }

    /// The next message of this kind that fits; others before it are passed over.
    <T extends AgentMessage> T hear(Class<T> type, Predicate<T> fits) throws InterruptedException {
        var deadline = System.nanoTime() + SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            var message = heard.poll(1, SECONDS);
            if (type.isInstance(message) && fits.test(type.cast(message))) {
                return type.cast(message);
            }
        }
        throw new AssertionError("no fitting " + type.getSimpleName() + " within 20 s");
    }

    <T extends AgentMessage> T hear(Class<T> type) throws InterruptedException {
        return hear(type, message -> true);
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case Protocol.JOIN_PATH -> request.body().onSuccess(body -> join(request, body));
            case Protocol.REJOIN_PATH -> request.body().onSuccess(body -> rejoin(request, body));
            case String path -> {
                var file = weights.get(path.substring(Protocol.WEIGHTS_PATH.length()));
                request.response().setStatusCode(file == null ? 404 : 200);
                request.response().end(file == null ? Buffer.buffer() : Buffer.buffer(file));
            }
        }
    }

    private void join(HttpServerRequest request, Buffer body) {
        var join = Wire.decode(JoinRequest.class, Json.map(body.getBytes()));
        joins.add(join);
        if (lostAnswers.getAndDecrement() > 0) {
            request.connection().close();
        } else if (!("Bearer " + TOKEN).equals(request.getHeader("authorization"))) {
            request.response().setStatusCode(401).end("{\"detail\":\"this token is not known\"}");
        } else {
            answer(request, join.csrPem());
        }
    }

    private void rejoin(HttpServerRequest request, Buffer body) {
        var rejoin = Wire.decode(RejoinRequest.class, Json.map(body.getBytes()));
        rejoins.add(rejoin);
        answer(request, rejoin.csrPem());
    }

    private void answer(HttpServerRequest request, String csrPem) {
        var response =
                new JoinResponse(
                        Protocol.VERSION,
                        NODE,
                        certificate(csrPem),
                        authority.certificatePem(),
                        heartbeat,
                        Unknown.NONE);
        request.response().end(Buffer.buffer(Json.bytes(Wire.encode(response))));
    }

    private String certificate(String csrPem) {
        return authority.issueFor(csrPem, NODE, List.of("127.0.0.1"), lifetime);
    }

    private void accept(ServerWebSocket fresh) {
        connections.incrementAndGet();
        socket = fresh;
        fresh.textMessageHandler(text ->
                hear(fresh, Wire.decode(AgentMessage.class, Json.map(text.getBytes(UTF_8)))));
        fresh.closeHandler(
                closed -> lastClose = fresh.closeStatusCode() + " " + fresh.closeReason());
    }

    private void hear(ServerWebSocket from, AgentMessage message) {
        if (message instanceof Renew renew) {
            renewals.add(renew);
            var answer =
                    new ServerMessage.Renewed(
                            certificate(renew.csrPem()), authority.certificatePem(), Unknown.NONE);
            from.writeTextMessage(Json.write(Wire.encode(answer)));
        } else {
            heard.add(message);
        }
    }

    @Override
    public void close() {
        server.close().await();
    }
}
