package org.deepseekplugin.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.deepseekplugin.platform.errors.ErrorCode;

/// Stands before a port that is open already while what is behind it is still being put together: a
/// port in use is found out first, and who knocks early is asked to come back.
public final class Gate implements Handler<HttpServerRequest> {
    private static final Handler<HttpServerRequest> CLOSED =
            request ->
                    Problems.answer(
                            request,
                            "none",
                            ErrorCode.OVERLOADED,
                            "The server is starting; repeat the request in a moment.");

    private final AtomicReference<Handler<HttpServerRequest>> behind =
            new AtomicReference<>(CLOSED);

    @Override
    public void handle(HttpServerRequest request) {
        behind.get().handle(request);
    }

    public void open(Handler<HttpServerRequest> handler) {
        behind.set(handler);
    }
}
