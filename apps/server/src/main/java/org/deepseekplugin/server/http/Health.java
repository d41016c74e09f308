package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.deepseekplugin.platform.http.RequestId;

/// Short texts for probes: `/healthz`, `/readyz`, `/metrics`.
public final class Health {

    /// Alive: the event loop answers.
    public static Site alive() {
        return new GetOnly((request, id) -> text(request, id, 200, "ok\n"));
    }

    /// @param ready whether requests should be sent here
    public static Site ready(Supplier<Boolean> ready) {
        return new GetOnly((request, id) -> {
            if (ready.get()) {
                text(request, id, 200, "ready\n");
            } else {
                text(request, id, 503, "not ready\n");
            }
        });
    }

    static void text(HttpServerRequest request, String id, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader(RequestId.HEADER, id)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(text)
                .onComplete(sent -> {});
    }

    private Health() {}
}
