package org.deepseekplugin.gateway.api.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import org.deepseekplugin.gateway.api.errors.ErrorBody;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;

/// Writes answers that are there as a whole. What a client is no longer there to get is dropped.
public final class Answers {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");

    /// Seconds until a replica may be there again: about one heartbeat and one probe.
    private static final String RETRY_SECONDS = "5";

    /// Status and headers of an upstream's answer, cleaned.
    public static void head(Exchange exchange, int status, MultiMap upstream) {
        exchange.response().setStatusCode(status);
        ForwardedHeaders.copy(upstream, exchange.response().headers());
        exchange.response().headers().set(REQUEST_ID, exchange.id());
    }

    public static void whole(Exchange exchange, int status, MultiMap upstream, Buffer body) {
        if (!gone(exchange)) {
            head(exchange, status, upstream);
            end(exchange, body);
        }
    }

    public static void json(Exchange exchange, int status, byte[] body) {
        if (!gone(exchange)) {
            exchange.response()
                    .setStatusCode(status)
                    .headers()
                    .set(REQUEST_ID, exchange.id())
                    .set(HttpHeaders.CONTENT_TYPE, JSON);
            end(exchange, Buffer.buffer(body));
        }
    }

    public static void refuse(Exchange exchange, Refusal refusal) {
        if (!gone(exchange)) {
            if (mayPass(refusal.code())) {
                exchange.response().headers().set(RETRY_AFTER, RETRY_SECONDS);
            }
            json(exchange, refusal.code().httpStatus(), ErrorBody.of(refusal, exchange.id()));
        }
    }

    private static boolean mayPass(ErrorCode code) {
        return code == ErrorCode.NO_READY_REPLICA
                || code == ErrorCode.OVERLOADED
                || code == ErrorCode.SHUTTING_DOWN;
    }

    /// Whether nobody can be told anything any more.
    public static boolean gone(Exchange exchange) {
        return exchange.response().closed() || exchange.response().ended();
    }

    private static void end(Exchange exchange, Buffer body) {
        var response = exchange.response();
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end().onComplete(sent -> {});
        } else {
            response.end(body).onComplete(sent -> {});
        }
    }

    private Answers() {}
}
