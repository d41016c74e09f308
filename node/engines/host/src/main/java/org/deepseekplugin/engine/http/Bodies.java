package org.deepseekplugin.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads request bodies and has them worked on: each up to a size and within a time, all of them
/// together within what the heap has room for.
final class Bodies {
    /// What is made of a body, on a thread that may block.
    interface Work<T> {
        T on(byte[] body);
    }

    private static final Logger log = LoggerFactory.getLogger(Bodies.class);
    private static final long LINGER_MILLIS = 500;

    private final Vertx vertx;
    private final long maxBytes;
    private final long maxBytesOfAll;
    private final Duration patience;
    private final AtomicLong held = new AtomicLong();

    /// @param maxBytes of one body
    /// @param maxBytesOfAll that are being read and worked on
    /// @param patience until a body must have come
    Bodies(Vertx vertx, long maxBytes, long maxBytesOfAll, Duration patience) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.maxBytesOfAll = maxBytesOfAll;
        this.patience = patience;
    }

    /// Fails with what the work throws, or with `request_too_large`, `request_timeout`,
    /// `overloaded` as soon as that is known.
    <T> Future<T> read(HttpServerRequest request, Work<T> work) {
        var body = Buffer.buffer();
        Promise<byte[]> whole = Promise.promise();
        long timer = vertx.setTimer(patience.toMillis(), late -> whole.tryFail(tooSlow()));
        request.handler(chunk -> {
            if (whole.future().isComplete()) {
                return;
            }
            body.appendBuffer(chunk);
            long all = held.addAndGet(chunk.length());
            if (body.length() > maxBytes) {
                whole.tryFail(tooLarge());
            } else if (all > maxBytesOfAll) {
                whole.tryFail(tooMuch());
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body.getBytes()));
        return whole.future()
                .onComplete(done -> vertx.cancelTimer(timer))
                .onFailure(e -> closeAfterAnswer(request))
                .compose(bytes -> vertx.executeBlocking(() -> work.on(bytes), false))
                .map(made -> Objects.requireNonNull(made))
                .onComplete(done -> held.addAndGet(-body.length()));
    }

    /// More of the body may come, and nobody wants it. Closed at once, the connection would be
    /// reset before its client has read why.
    private void closeAfterAnswer(HttpServerRequest request) {
        if (!request.isEnded() && !request.response().closed()) {
            request.response()
                    .putHeader("connection", "close")
                    .endHandler(ended ->
                            vertx.setTimer(LINGER_MILLIS, now -> close(request.connection())));
        }
    }

    private static void close(HttpConnection connection) {
        connection.close().onFailure(e -> log.debug("closed already", e));
    }

    private PlatformException tooLarge() {
        return new PlatformException(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is larger than %d bytes, which is all this engine reads. Shorten the prompt."
                        .formatted(maxBytes));
    }

    private PlatformException tooMuch() {
        return new PlatformException(
                ErrorCode.OVERLOADED,
                "Requests of more than %d bytes are being read, which is all this engine has room for; try again soon."
                        .formatted(maxBytesOfAll));
    }

    private PlatformException tooSlow() {
        return new PlatformException(
                ErrorCode.REQUEST_TIMEOUT,
                "The body did not come within %d s.".formatted(patience.toSeconds()));
    }
}
