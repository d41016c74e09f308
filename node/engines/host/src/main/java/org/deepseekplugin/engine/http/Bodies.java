package org.deepseekplugin.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Reads request bodies up to a size.
final class Bodies {

    /// Fails with `request_too_large` as soon as it is known; the rest is read and thrown away.
    static Future<byte[]> read(HttpServerRequest request, long maxBytes) {
        var body = Buffer.buffer();
        Promise<byte[]> done = Promise.promise();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= maxBytes) {
                body.appendBuffer(chunk);
            } else {
                done.tryFail(tooLarge(maxBytes));
            }
        });
        request.exceptionHandler(done::tryFail);
        request.endHandler(end -> done.tryComplete(body.getBytes()));
        return done.future();
    }

    private static PlatformException tooLarge(long maxBytes) {
        return new PlatformException(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is larger than %d bytes, which is all this engine reads. Shorten the prompt."
                        .formatted(maxBytes));
    }

    private Bodies() {}
}
