package org.deepseekplugin.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Takes in a body, bounded in size and time, whatever its Content-Type says.
public final class Bodies {
    /// Specifications are small; weights do not come this way.
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /// Fails with a [PlatformException] when the body is too long or too slow.
    public static Future<byte[]> read(Vertx vertx, HttpServerRequest request) {
        Promise<byte[]> whole = Promise.promise();
        var bytes = Buffer.buffer();
        long timer = vertx.setTimer(DEADLINE.toMillis(), late -> whole.tryFail(tooSlow()));
        request.handler(piece -> {
            if (bytes.length() + piece.length() > MAX_BYTES) {
                request.handler(dropped -> {});
                whole.tryFail(tooLong());
            } else {
                bytes.appendBuffer(piece);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(bytes.getBytes()));
        request.resume();
        return whole.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static PlatformException tooLong() {
        return new PlatformException(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is longer than " + MAX_BYTES + " bytes, the most this API takes.");
    }

    private static PlatformException tooSlow() {
        return new PlatformException(
                ErrorCode.REQUEST_TIMEOUT,
                "The body did not arrive within " + DEADLINE.toSeconds() + " s.");
    }

    private Bodies() {}
}
