package org.deepseekplugin.gateway.api;

import io.micrometer.core.instrument.Clock;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.upstream.Cancellation;
import org.jspecify.annotations.Nullable;

/// One request of a client while it is being answered, with what is worth knowing about it
/// afterwards. Lives on one event loop.
final class Exchange {
    /// Stands for a model that nobody has, so that no client can invent metric labels.
    static final String NO_MODEL = "none";

    final HttpServerRequest request;
    final String path;
    final String id;
    final boolean idIsOurs;
    final Cancellation cancellation = new Cancellation();
    @Nullable Principal principal;
    String model = NO_MODEL;
    String endpoint = "";
    int attempts;
    boolean stream;
    Tokens tokens = Tokens.NONE;

    private final Clock clock;
    private final long startedNanos;
    private long firstByteNanos;

    Exchange(HttpServerRequest request, String id, boolean idIsOurs, Clock clock) {
        this.request = request;
        this.path = String.valueOf(request.path());
        this.id = id;
        this.idIsOurs = idIsOurs;
        this.clock = clock;
        this.startedNanos = clock.monotonicTime();
    }

    HttpServerResponse response() {
        return request.response();
    }

    /// The first piece of the answer is there.
    void answering() {
        if (firstByteNanos == 0) {
            firstByteNanos = Math.max(1, elapsedNanos());
        }
    }

    /// From the request's head to the answer's first piece; 0 without an answer from an engine.
    long firstByteNanos() {
        return firstByteNanos;
    }

    long elapsedNanos() {
        return clock.monotonicTime() - startedNanos;
    }
}
