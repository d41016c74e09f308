package org.deepseekplugin.gateway.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Takes in a request's body, bounded in size and time. Whatever the Content-Type says, a body is
/// JSON: `curl -d` calls everything a form.
final class BodyReader {
    private final Vertx vertx;
    private final RequestLimits limits;

    BodyReader(Vertx vertx, RequestLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    /// The body, or why it is not taken; in that case what is still to come must be discarded.
    sealed interface Body {
        record Complete(Buffer bytes) implements Body {}

        record Refused(Refusal refusal) implements Body {}
    }

    /// Never fails. A client that goes away in the middle gets no answer and no future.
    Future<Body> read(HttpServerRequest request) {
        @Nullable String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return refused(
                    ErrorCode.INVALID_REQUEST,
                    "Content-Encoding \"" + encoding + "\" is not supported: send the body plain");
        }
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && !fits(length)) {
            return Future.succeededFuture(tooLarge());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        return collect(request);
    }

    /// @param length digits: the server has refused anything else
    private boolean fits(String length) {
        return length.length() <= 10 && Long.parseLong(length) <= limits.maxBodyBytes();
    }

    private Future<Body> collect(HttpServerRequest request) {
        Promise<Body> body = Promise.promise();
        var pieces = new Pieces();
        long deadline =
                vertx.setTimer(
                        limits.bodyDeadline().toMillis(), late -> body.tryComplete(tooSlow()));
        request.handler(piece -> {
            if (!pieces.add(piece, limits.maxBodyBytes())) {
                request.handler(discarded -> {});
                body.tryComplete(tooLarge());
            }
        });
        request.endHandler(end -> body.tryComplete(new Body.Complete(pieces.bytes)));
        return body.future().onComplete(done -> vertx.cancelTimer(deadline));
    }

    private Body tooLarge() {
        return new Body.Refused(
                Refusal.of(
                        ErrorCode.REQUEST_TOO_LARGE,
                        "The body is longer than "
                                + limits.maxBodyBytes()
                                + " bytes, the most this gateway takes"));
    }

    private Body tooSlow() {
        return new Body.Refused(
                Refusal.of(
                        ErrorCode.REQUEST_TIMEOUT,
                        "The body did not arrive within "
                                + limits.bodyDeadline().toSeconds()
                                + " s of its headers"));
    }

    private static Future<Body> refused(ErrorCode code, String message) {
        return Future.succeededFuture(new Body.Refused(Refusal.of(code, message)));
    }

    /// A body that comes in one piece is kept as it came.
    private static final class Pieces {
        private Buffer bytes = Buffer.buffer();
        private int count;

        boolean add(Buffer piece, int max) {
            if (bytes.length() + (long) piece.length() > max) {
                bytes = Buffer.buffer();
                return false;
            }
            if (count == 1) {
                bytes = bytes.copy();
            }
            bytes = count == 0 ? piece : bytes.appendBuffer(piece);
            count++;
            return true;
        }
    }
}
