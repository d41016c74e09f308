package org.deepseekplugin.emulator.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves one [WireApi] on 127.0.0.1. Requests that name another host, or come from a web page
/// (`Origin`), are refused: a browser must not be able to talk to the emulator, whatever DNS says.
public final class LoopbackListener implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    private static final int MAX_BODY_BYTES = 1 << 20;

    /// A whole request must be here by then.
    private static final Duration ARRIVAL = Duration.ofSeconds(30);

    /// Longer than any answer that a test may hold back.
    private static final Duration IDLE = Duration.ofMinutes(20);

    private static final Logger log = LoggerFactory.getLogger(LoopbackListener.class);

    private final Vertx vertx;
    private final WireApi api;
    private final Duration arrival;
    private final HttpServer server;

    /// @param port 0 picks a free one
    /// @throws PlatformException if the port is taken
    public static LoopbackListener open(Vertx vertx, int port, WireApi api) {
        return open(vertx, port, api, ARRIVAL);
    }

    /// @param arrival how long a request may take to come in
    static LoopbackListener open(Vertx vertx, int port, WireApi api, Duration arrival) {
        try {
            return new LoopbackListener(vertx, port, api, arrival);
        } catch (CompletionException e) {
            throw new PlatformException(
                    ErrorCode.CONFLICT,
                    "Port %d on %s cannot be had (%s); choose another, or 0 for any."
                            .formatted(port, ADDRESS, e.getCause()),
                    e);
        }
    }

    /// Takes `preferred` if it is free, else any other.
    public static LoopbackListener openNear(Vertx vertx, int preferred, WireApi api) {
        try {
            return open(vertx, preferred, api);
        } catch (PlatformException taken) {
            if (preferred == 0) {
                throw taken;
            }
            log.atInfo()
                    .addKeyValue("port", preferred)
                    .log("the last port is taken, using another");
            return open(vertx, 0, api);
        }
    }

    private LoopbackListener(Vertx vertx, int port, WireApi api, Duration arrival) {
        this.vertx = vertx;
        this.api = api;
        this.arrival = arrival;
        var options =
                new HttpServerOptions()
                        .setHost(ADDRESS)
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout((int) IDLE.toSeconds());
        this.server =
                vertx.createHttpServer(options)
                        .requestHandler(this::receive)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public int port() {
        return server.actualPort();
    }

    public String url() {
        return "http://" + ADDRESS + ":" + port();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void receive(HttpServerRequest request) {
        if (!isLocal(request)) {
            refuse(request, 403, "only local programs may ask\n");
            return;
        }
        var body = Buffer.buffer();
        long alarm = vertx.setTimer(arrival.toMillis(), timer -> request.connection().close());
        request.response().closeHandler(closed -> vertx.cancelTimer(alarm));
        request.handler(chunk -> {
            if (request.response().ended()) {
                return;
            }
            if (body.length() + chunk.length() > MAX_BODY_BYTES) {
                refuse(request, 413, "the body is longer than 1 MiB\n");
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(alarm);
            answer(request, body);
        });
    }

    /// The rest of the request is not waited for.
    private static void refuse(HttpServerRequest request, int status, String sentence) {
        request.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .end(sentence)
                .onComplete(sent -> request.connection().close());
    }

    private void answer(HttpServerRequest request, Buffer body) {
        if (request.response().ended()) {
            return;
        }
        var whole = whole(request, body);
        Callable<WireAnswer> work = () -> api.answer(whole);
        vertx.executeBlocking(work, false)
                .onSuccess(answer -> new Sending(vertx, request).send(answer))
                .onFailure(failure -> {
                    log.atError().setCause(failure).log("a request failed inside the emulator");
                    if (!request.response().ended()) {
                        request.response().setStatusCode(500).end("the emulator failed\n");
                    }
                });
    }

    private boolean isLocal(HttpServerRequest request) {
        var authority = request.authority();
        return authority != null
                && request.headers().getAll("Host").size() == 1
                && List.of(ADDRESS, "localhost").contains(authority.host())
                && authority.port() == port()
                && request.getHeader("Origin") == null;
    }

    private static WireRequest whole(HttpServerRequest request, Buffer body) {
        var headers = new HashMap<String, List<String>>();
        request.headers()
                .forEach((name, value) ->
                        headers.computeIfAbsent(
                                        name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                                .add(value));
        var uri = request.uri();
        int mark = uri.indexOf('?');
        return new WireRequest(
                request.method().name(),
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1),
                headers,
                body.toString(StandardCharsets.UTF_8));
    }
}
