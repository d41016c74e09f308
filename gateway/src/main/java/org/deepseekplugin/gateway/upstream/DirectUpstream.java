package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.PemIdentity;

/// Reaches endpoints over pooled HTTP/1.1 connections of its own.
public final class DirectUpstream implements AutoCloseable {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);
    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    /// Answers come in pieces of at most this size. Vert.x counts pieces, not bytes, before it
    /// holds a sender back (16 on each side), so this bounds what a slow reader's stream may keep
    /// here.
    private static final int PIECE_BYTES = 2048;

    private final Vertx vertx;
    private final UpstreamOptions options;
    private final HttpClientAgent client;

    public DirectUpstream(Vertx vertx, UpstreamOptions options, Transport transport) {
        this.vertx = vertx;
        this.options = options;
        this.client =
                vertx.createHttpClient(
                        clientOptions(options, transport),
                        new PoolOptions().setHttp1MaxSize(options.connectionsPerEndpoint()));
    }

    /// Uses another certificate for connections to come; those that are open stay.
    public Future<Void> renew(PemIdentity identity) {
        return client.updateSSLOptions(Tls.dial(new HttpClientOptions(), identity).getSslOptions())
                .mapEmpty();
    }

    private static HttpClientOptions clientOptions(UpstreamOptions options, Transport transport) {
        var client =
                new HttpClientOptions()
                        .setConnectTimeout((int) options.connect().toMillis())
                        .setKeepAliveTimeout((int) options.keepAlive().toSeconds())
                        .setReceiveBufferSize(options.receiveBufferBytes())
                        .setMaxChunkSize(PIECE_BYTES)
                        .setTcpNoDelay(true);
        return switch (transport) {
            case Transport.MutualTls(var identity) -> Tls.dial(client, identity);
            case Transport.Plaintext() -> client;
        };
    }

    Future<Reply> send(Reach.Direct reach, Call call) {
        Promise<Reply> reply = Promise.promise();
        call.inquiry()
                .cancellation()
                .onCancel(() -> fail(reply, Reply.Reason.CANCELLED, "client gone"));
        client.request(to(reach, call))
                .onComplete(connected -> {
                    if (connected.succeeded()) {
                        exchange(connected.result(), call, reply);
                    } else {
                        fail(reply, Reply.Reason.UNREACHABLE, detail(connected.cause()));
                    }
                });
        return reply.future();
    }

    private RequestOptions to(Reach.Direct reach, Call call) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(reach.port(), reach.host()))
                .setHost(reach.name())
                .setPort(reach.port())
                .setMethod(HttpMethod.POST)
                .setURI(call.endpoint().prefix() + call.inquiry().path())
                .setConnectTimeout(options.connect().toMillis());
    }

    private void exchange(HttpClientRequest request, Call call, Promise<Reply> reply) {
        if (call.inquiry().cancellation().cancelled()) {
            request.reset().onComplete(gone -> {});
            return;
        }
        // the answer's handlers hear of it; without this Vert.x logs each reset as an error
        request.exceptionHandler(heard -> {});
        call.inquiry()
                .cancellation()
                .onCancel(() -> abandon(request, reply, Reply.Reason.CANCELLED));
        long deadline =
                vertx.setTimer(
                        options.firstByte().toMillis(),
                        timer -> abandon(request, reply, Reply.Reason.TIMEOUT));
        putHeaders(request, call);
        request.send(call.inquiry().body())
                .onComplete(answered -> {
                    vertx.cancelTimer(deadline);
                    if (answered.succeeded()) {
                        reply.tryComplete(answer(request, answered.result(), call));
                    } else {
                        fail(reply, Reply.Reason.BROKEN, detail(answered.cause()));
                    }
                });
    }

    private static void putHeaders(HttpClientRequest request, Call call) {
        var headers = request.headers();
        headers.set(HttpHeaders.CONTENT_TYPE, JSON);
        headers.set(REQUEST_ID, call.id());
        var traceparent = call.inquiry().traceparent();
        if (traceparent != null) {
            headers.set(TRACEPARENT, traceparent);
        }
    }

    private static Reply answer(HttpClientRequest request, HttpClientResponse head, Call call) {
        head.pause();
        Runnable reset = () -> request.reset().onComplete(gone -> {});
        call.inquiry().cancellation().onCancel(reset);
        return new Reply.Answering(head.statusCode(), head.headers(), head, reset);
    }

    private static void abandon(
            HttpClientRequest request, Promise<Reply> reply, Reply.Reason reason) {
        // the reason first: a reset makes the exchange fail, too
        fail(reply, reason, "abandoned before an answer");
        request.reset().onComplete(gone -> {});
    }

    private static void fail(Promise<Reply> reply, Reply.Reason reason, String detail) {
        reply.tryComplete(new Reply.Failed(reason, detail));
    }

    private static String detail(Throwable cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        client.close().onComplete(closed -> {});
    }
}
