package org.deepseekplugin.gateway.api;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;

/// Writes answers that are there as a whole. What a client is no longer there to get is dropped.
final class Answers {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");

    /// Seconds until a replica may be there again: about one heartbeat and one probe.
    private static final String RETRY_SECONDS = "5";

    /// What concerns one connection (RFC 9110, 7.6.1), or only the node behind us.
    private static final Set<String> NOT_FORWARDED =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "server",
                    "set-cookie",
                    "strict-transport-security",
                    "alt-svc",
                    RequestId.HEADER);

    /// Status and headers of an upstream's answer, cleaned.
    static void head(Exchange exchange, int status, MultiMap upstream) {
        var response = exchange.response();
        response.setStatusCode(status);
        for (var header : upstream) {
            if (!NOT_FORWARDED.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                response.headers().add(header.getKey(), header.getValue());
            }
        }
        response.headers().set(REQUEST_ID, exchange.id);
    }

    static void whole(Exchange exchange, int status, MultiMap upstream, Buffer body) {
        if (!gone(exchange)) {
            head(exchange, status, upstream);
            end(exchange.response(), body);
        }
    }

    static void json(Exchange exchange, int status, byte[] body) {
        if (!gone(exchange)) {
            var response = exchange.response().setStatusCode(status);
            response.headers().set(REQUEST_ID, exchange.id).set(HttpHeaders.CONTENT_TYPE, JSON);
            end(response, Buffer.buffer(body));
        }
    }

    static void refuse(Exchange exchange, Refusal refusal) {
        if (!gone(exchange)) {
            if (mayPass(refusal.code())) {
                exchange.response().headers().set(RETRY_AFTER, RETRY_SECONDS);
            }
            json(exchange, refusal.code().httpStatus(), ErrorBody.of(refusal, exchange.id));
        }
    }

    private static boolean mayPass(ErrorCode code) {
        return code == ErrorCode.NO_READY_REPLICA
                || code == ErrorCode.OVERLOADED
                || code == ErrorCode.SHUTTING_DOWN;
    }

    static boolean gone(Exchange exchange) {
        return exchange.response().closed() || exchange.response().ended();
    }

    private static void end(HttpServerResponse response, Buffer body) {
        response.end(body).onComplete(sent -> {});
    }

    private Answers() {}
}
