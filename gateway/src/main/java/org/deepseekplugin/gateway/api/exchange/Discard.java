package org.deepseekplugin.gateway.api.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/// Reads and drops what is left of a body nobody wants, so that its sender gets to see the answer
/// instead of a reset connection; for a short time, then the connection is closed.
public final class Discard {
    private static final long GRACE_MILLIS = 2000;

    public static void rest(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        var connection = request.connection();
        long timer =
                vertx.setTimer(
                        GRACE_MILLIS,
                        late -> {
                            if (request.version() == HttpVersion.HTTP_2) {
                                request.response().reset().onComplete(gone -> {});
                            } else {
                                connection.close().onComplete(gone -> {});
                            }
                        });
        request.handler(dropped -> {});
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.resume();
    }

    private Discard() {}
}
