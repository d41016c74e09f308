package org.deepseekplugin.gateway.api.body;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.limits.BodyBudget;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Takes in a request's body, bounded in size and time, and in memory with all others. Whatever the
/// Content-Type says, a body is JSON: `curl -d` calls everything a form.
public final class BodyReader {
    private final Vertx vertx;
    private final RequestLimits limits;
    private final BodyBudget budget;

    public BodyReader(Vertx vertx, RequestLimits limits, BodyBudget budget) {
        this.vertx = vertx;
        this.limits = limits;
        this.budget = budget;
    }

    /// The body, or why it is not taken; in that case what is still to come must be discarded.
    public sealed interface Body {
        record Complete(Buffer bytes) implements Body {}

        record Refused(Refusal refusal) implements Body {}
    }

    /// Never fails. A client that goes away in the middle gets no answer and no future. The memory
    /// is given back when the exchange is over.
    public Future<Body> read(Exchange exchange) {
        var request = exchange.request();
        @Nullable String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return known(
                    refused(
                            ErrorCode.INVALID_REQUEST,
                            "Content-Encoding \""
                                    + encoding
                                    + "\" is not supported: send the body plain"));
        }
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && !fits(length)) {
            return known(tooLarge());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        var share = budget.share();
        exchange.whenOver(share::giveBack);
        return collect(request, share);
    }

    private boolean fits(String length) {
        return length.length() <= 10
                && length.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && Long.parseLong(length) <= limits.maxBodyBytes();
    }

    private Future<Body> collect(HttpServerRequest request, BodyBudget.Share share) {
        Promise<Body> body = Promise.promise();
        var pieces = new Pieces();
        long deadline =
                vertx.setTimer(
                        limits.bodyDeadline().toMillis(), late -> body.tryComplete(tooSlow()));
        request.handler(piece -> {
            if (pieces.length() + (long) piece.length() > limits.maxBodyBytes()) {
                drop(request, pieces);
                body.tryComplete(tooLarge());
            } else if (!share.take(piece.length())) {
                drop(request, pieces);
                body.tryComplete(noRoom());
            } else {
                pieces.add(piece);
            }
        });
        request.endHandler(end -> body.tryComplete(new Body.Complete(pieces.bytes())));
        return body.future().onComplete(done -> vertx.cancelTimer(deadline));
    }

    private static void drop(HttpServerRequest request, Pieces pieces) {
        request.handler(discarded -> {});
        pieces.clear();
    }

    private Body tooLarge() {
        return refused(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is longer than "
                        + limits.maxBodyBytes()
                        + " bytes, the most this gateway takes");
    }

    private Body tooSlow() {
        return refused(
                ErrorCode.REQUEST_TIMEOUT,
                "The body did not arrive within "
                        + limits.bodyDeadline().toSeconds()
                        + " s of its headers");
    }

    private Body noRoom() {
        return refused(
                ErrorCode.OVERLOADED,
                "The bodies of all requests together are longer than "
                        + budget.limit()
                        + " bytes, the most this gateway holds at once; repeat the request");
    }

    private static Body refused(ErrorCode code, String message) {
        return new Body.Refused(Refusal.of(code, message));
    }

    private static Future<Body> known(Body body) {
        return Future.succeededFuture(body);
    }
}
