package org.deepseekplugin.gateway.api.exchange;

import io.micrometer.core.instrument.Clock;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.upstream.Cancellation;
import org.jspecify.annotations.Nullable;

/// One request of a client while it is being answered, with what is worth knowing about it
/// afterwards. Lives on one event loop.
public final class Exchange {
    /// Stands for a model that nobody has, so that no client can invent metric labels.
    public static final String NO_MODEL = "none";

    /// What nginx calls a request whose client went away.
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final int BAD_GATEWAY = 502;

    private final HttpServerRequest request;
    private final String path;
    private final String id;
    private final boolean idIsOurs;
    private final Cancellation cancellation = new Cancellation();
    private final Clock clock;
    private final long startedNanos;
    private final List<Runnable> whenOver = new ArrayList<>(3);
    private @Nullable Principal principal;
    private String model = NO_MODEL;
    private String endpoint = "";
    private int attempts;
    private boolean stream;
    private Tokens tokens = Tokens.NONE;
    private long firstByteNanos;
    private int untold;

    /// @param idIsOurs whether the gateway made the id, so that it is unique
    public Exchange(HttpServerRequest request, String id, boolean idIsOurs, Clock clock) {
        this.request = request;
        this.path = String.valueOf(request.path());
        this.id = id;
        this.idIsOurs = idIsOurs;
        this.clock = clock;
        this.startedNanos = clock.monotonicTime();
    }

    public void authenticated(Principal principal) {
        this.principal = principal;
    }

    public void routed(String model, boolean stream) {
        this.model = model;
        this.stream = stream;
    }

    public void sentTo(String endpoint, int attempts) {
        this.endpoint = endpoint;
        this.attempts = attempts;
    }

    public void used(Tokens tokens) {
        this.tokens = tokens;
    }

    /// The first piece of the answer is there.
    public void answering() {
        if (firstByteNanos == 0) {
            firstByteNanos = Math.max(1, elapsedNanos());
        }
    }

    /// The engine's answer broke after its status was told.
    public void brokeOff() {
        ended(BAD_GATEWAY);
    }

    /// The client went away before it had its answer.
    public void left() {
        ended(CLIENT_CLOSED_REQUEST);
    }

    private void ended(int status) {
        if (untold == 0) {
            untold = status;
        }
    }

    /// Runs `action` when the exchange is over, however it ends.
    public void whenOver(Runnable action) {
        whenOver.add(action);
    }

    void over() {
        whenOver.forEach(Runnable::run);
        whenOver.clear();
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public String path() {
        return path;
    }

    public String id() {
        return id;
    }

    public boolean idIsOurs() {
        return idIsOurs;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    public @Nullable Principal principal() {
        return principal;
    }

    public String model() {
        return model;
    }

    public String endpoint() {
        return endpoint;
    }

    public int attempts() {
        return attempts;
    }

    public boolean stream() {
        return stream;
    }

    public Tokens tokens() {
        return tokens;
    }

    /// The answer's status, or what became of it afterwards: 499 if the client left, 502 if the
    /// engine broke off.
    public int status() {
        return untold == 0 ? response().getStatusCode() : untold;
    }

    /// From the request's head to the answer's first piece; 0 without an answer from an engine.
    public long firstByteNanos() {
        return firstByteNanos;
    }

    public long elapsedNanos() {
        return clock.monotonicTime() - startedNanos;
    }
}
