package org.deepseekplugin.agent.data;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.deepseekplugin.agent.engine.Engines.Reach;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends `/replicas/<replica>/v1/…` and `/replicas/<replica>/engine/…` to the engine of that
/// replica and its answer back, as they come: nothing is held, a slow reader slows its writer, and
/// when either side goes away the other is let go at once.
final class ReplicaProxy implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(ReplicaProxy.class);

    private final HttpClient engines;
    private final Function<String, Optional<Reach>> replicas;

    ReplicaProxy(HttpClient engines, Function<String, Optional<Reach>> replicas) {
        this.engines = engines;
        this.replicas = replicas;
    }

    @Override
    public void handle(HttpServerRequest in) {
        var target = Target.parse(in.uri());
        if (target.isEmpty()) {
            OpenAiError.send(
                    in,
                    ErrorCode.NOT_FOUND,
                    in.path()
                            + " is not served here; there is "
                            + Protocol.REPLICA_PATH
                            + "<replica>/v1/… and /engine/….");
            return;
        }
        var replica = target.get().replica();
        switch (replicas.apply(replica).orElse(null)) {
            case Reach.At(int port) -> forward(in, port, target.get().uri());
            case Reach.NotReady(EngineStatus.State state) ->
                    OpenAiError.send(
                            in,
                            ErrorCode.NO_READY_REPLICA,
                            "Replica "
                                    + replica
                                    + " is "
                                    + state.name().toLowerCase(Locale.ROOT)
                                    + ", not ready.");
            case null ->
                    OpenAiError.send(
                            in,
                            ErrorCode.NOT_FOUND,
                            "There is no replica \"" + replica + "\" on this node.");
        }
    }

    private void forward(HttpServerRequest in, int port, String uri) {
        in.pause();
        var options =
                new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(uri)
                        .setMethod(in.method());
        engines.request(options).onSuccess(out -> exchange(in, out)).onFailure(e -> fail(in, e));
    }

    private static void exchange(HttpServerRequest in, HttpClientRequest out) {
        var answer = in.response();
        if (answer.closed()) {
            out.reset();
            return;
        }
        answer.closeHandler(_ -> out.reset());
        answer.exceptionHandler(_ -> out.reset());
        in.exceptionHandler(_ -> out.reset());
        Headers.copy(in.headers(), out.headers());
        if (!out.headers().contains("content-length")) {
            out.setChunked(Headers.hasBody(in));
        }
        out.response().onSuccess(back -> respond(in, back)).onFailure(e -> fail(in, e));
        in.pipe().endOnFailure(false).to(out).onFailure(_ -> out.reset());
    }

    private static void respond(HttpServerRequest in, HttpClientResponse back) {
        var answer = in.response();
        if (answer.closed()) {
            back.request().reset();
            return;
        }
        answer.setStatusCode(back.statusCode());
        Headers.copy(back.headers(), answer.headers());
        if (!answer.headers().contains("content-length")) {
            answer.setChunked(true);
        }
        back.pipe().endOnFailure(false).to(answer).onFailure(e -> broken(in, e));
    }

    /// The engine broke off in the middle: the reader must not take it for the end.
    private static void broken(HttpServerRequest in, Throwable cause) {
        log.atDebug().setCause(cause).log("answer ended early");
        in.response().reset();
    }

    private static void fail(HttpServerRequest in, Throwable cause) {
        if (in.response().headWritten()) {
            in.response().reset();
            return;
        }
        if (!in.response().closed()) {
            OpenAiError.send(
                    in,
                    ErrorCode.UPSTREAM_FAILED,
                    "The engine did not answer: " + cause.getMessage());
        }
    }
}
