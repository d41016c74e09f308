package org.deepseekplugin.gateway.process;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deepseekplugin.gateway.ledger.EngineRecord;
import org.deepseekplugin.gateway.ledger.Tokens;

/// An engine that counts what it makes, in a process that is not killed. Its book is the truth.
final class CountingEngine implements AutoCloseable {
    private static final int MAX_TOKENS = 40;
    private static final String EVENT =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"tok \"}}]}\n\n";

    /// One entry for each request that has ended here, by its id.
    final Map<String, EngineRecord> book = new ConcurrentHashMap<>();

    /// When each request arrived, in nanoseconds of this process.
    final Map<String, Long> arrived = new ConcurrentHashMap<>();

    final AtomicInteger running = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;

    CountingEngine(Vertx vertx) throws Exception {
        this.vertx = vertx;
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request ->
                                request.body()
                                        .onSuccess(body ->
                                                new Run(request)
                                                        .start(
                                                                body.toString()
                                                                        .contains(
                                                                                "\"stream\":true"))))
                        .listen()
                        .await(10, TimeUnit.SECONDS);
    }

    String port() {
        return Integer.toString(server.actualPort());
    }

    /// A token a millisecond, until all are made or nobody is there to take them.
    private final class Run {
        private final HttpServerRequest request;
        private final String id;
        private final int prompt = 1 + ThreadLocalRandom.current().nextInt(100);
        private final int wanted = 1 + ThreadLocalRandom.current().nextInt(MAX_TOKENS);
        private int made;
        private boolean over;

        Run(HttpServerRequest request) {
            this.request = request;
            this.id = request.getHeader("x-request-id");
            arrived.put(id, System.nanoTime());
        }

        void start(boolean stream) {
            running.incrementAndGet();
            request.response().closeHandler(gone -> end("cancelled"));
            if (stream) {
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
            }
            vertx.setPeriodic(1, timer -> step(timer, stream));
        }

        private void step(long timer, boolean stream) {
            if (over) {
                vertx.cancelTimer(timer);
                return;
            }
            made++;
            if (stream) {
                request.response().write(EVENT).onComplete(sent -> {});
            }
            if (made == wanted) {
                vertx.cancelTimer(timer);
                end("stop");
                request.response().end(stream ? "data: [DONE]\n\n" : answer()).onComplete(s -> {});
            }
        }

        private String answer() {
            return "{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}"
                    .formatted(prompt, made);
        }

        private void end(String finish) {
            if (!over) {
                over = true;
                var tokens = new Tokens(prompt, 0, made);
                book.put(id, new EngineRecord(id, "r" + port(), tokens, finish, Instant.now()));
                running.decrementAndGet();
            }
        }
    }

    @Override
    public void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
