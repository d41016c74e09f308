package org.deepseekplugin.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.Wire;
import org.deepseekplugin.server.http.BearerKeys;
import org.deepseekplugin.server.http.Bodies;
import org.deepseekplugin.server.http.Problems;

/// Gives certificates to machines that have none to show: to new ones for their join token, to
/// known ones for the certificate that has ended.
final class Admission {
    private final Vertx vertx;
    private final Nodes nodes;
    private final Executor threads;

    /// @param threads may be blocked
    Admission(Vertx vertx, Nodes nodes, Executor threads) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.threads = threads;
    }

    void join(HttpServerRequest request, String id) {
        var token = BearerKeys.token(request).map(Secret::new);
        if (token.isEmpty()) {
            Problems.answer(request, id, ErrorCode.INVALID_API_KEY, "A join token is needed.");
            return;
        }
        var remote = remoteAddress(request);
        answer(
                request,
                id,
                body -> {
                    var asked = Wire.decode(JoinRequest.class, Json.map(body));
                    return nodes.join(token.get(), asked, remote);
                });
    }

    void rejoin(HttpServerRequest request, String id) {
        var remote = remoteAddress(request);
        answer(
                request,
                id,
                body -> nodes.rejoin(Wire.decode(RejoinRequest.class, Json.map(body)), remote));
    }

    private static String remoteAddress(HttpServerRequest request) {
        return String.valueOf(request.remoteAddress().hostAddress());
    }

    private void answer(
            HttpServerRequest request, String id, Function<byte[], JoinResponse> question) {
        var context = vertx.getOrCreateContext();
        Bodies.read(vertx, request)
                .onFailure(e -> Failures.answer(request, id, e))
                .onSuccess(body ->
                        threads.execute(() -> {
                            try {
                                var answer = Json.write(Wire.encode(question.apply(body)));
                                context.runOnContext(now -> send(request, id, answer));
                            } catch (RuntimeException e) {
                                context.runOnContext(now -> Failures.answer(request, id, e));
                            }
                        }));
    }

    private static void send(HttpServerRequest request, String id, String body) {
        if (!request.response().closed()) {
            request.response()
                    .putHeader(RequestId.HEADER, id)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Buffer.buffer(body.getBytes(UTF_8)))
                    .onComplete(sent -> {});
        }
    }
}
