package org.deepseekplugin.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.PemIdentity;
import org.jspecify.annotations.Nullable;

/// A node's data port with an engine behind it, whose behaviour a test may replace. It keeps what
/// it was asked.
final class FakeEngine implements AutoCloseable {
    static final String ANSWER =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                    + "\"finish_reason\":\"stop\",\"logprobs\":null}],"
                    + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}";

    /// What one request looked like.
    record Asked(String path, io.vertx.core.MultiMap headers, Buffer body) {}

    interface Behaviour {
        void answer(HttpServerRequest request, Asked asked);
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger aborted = new AtomicInteger();
    private final String name;
    private final HttpServer server;
    private volatile Behaviour behaviour = (request, asked) -> json(request, 200, ANSWER);

    FakeEngine(Vertx vertx, String name, @Nullable PemIdentity identity) throws Exception {
        this.name = name;
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        if (identity != null) {
            Tls.serve(options, identity, ClientAuth.REQUIRED);
        }
        server =
                vertx.createHttpServer(options)
                        .connectionHandler(connection -> connections.incrementAndGet())
                        .requestHandler(this::receive)
                        .listen()
                        .await(10, TimeUnit.SECONDS);
    }

    private void receive(HttpServerRequest request) {
        request.response().closeHandler(closed -> aborted.incrementAndGet());
        request.body()
                .onSuccess(body -> {
                    var one = new Asked(request.path(), request.headers(), body);
                    asked.add(one);
                    behaviour.answer(request, one);
                });
    }

    void behave(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    static void json(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    /// Begins a stream of events; the behaviour goes on from there.
    static void beginStream(HttpServerRequest request) {
        request.response().setChunked(true).putHeader("content-type", "text/event-stream");
    }

    static String event(int number) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                + "\"model\":\"tiny\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"tok"
                + number
                + " \"},\"finish_reason\":null}]}\n\n";
    }

    Endpoint endpoint() {
        return Endpoint.replica(name, "tiny", new Reach.Direct("127.0.0.1", port(), name));
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
