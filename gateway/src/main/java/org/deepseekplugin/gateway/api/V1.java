package org.deepseekplugin.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deepseekplugin.gateway.auth.BearerAuth;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.limits.InFlight;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.upstream.Dispatcher;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;

/// Everything below `/v1`: who asks, what for, and what is worth writing down afterwards.
public final class V1 {
    private static final String MODELS = "/v1/models";

    private final Vertx vertx;
    private final BearerAuth auth;
    private final InFlight inFlight;
    private final Inference inference;
    private final Models models;
    private final Meters meters;
    private final RandomGenerator random;

    /// @param idle how long a replica may pause inside an answer
    public V1(
            Vertx vertx,
            RequestLimits limits,
            BearerAuth auth,
            InFlight inFlight,
            EndpointSource endpoints,
            Dispatcher dispatcher,
            Duration idle,
            Meters meters,
            RandomGenerator random) {
        this.vertx = vertx;
        this.auth = auth;
        this.inFlight = inFlight;
        this.inference =
                new Inference(
                        vertx,
                        new BodyReader(vertx, limits),
                        new Peek(limits.maxDepth()),
                        endpoints,
                        dispatcher,
                        new StreamDeadlines(idle, limits.readerTimeout()));
        this.models = new Models(endpoints);
        this.meters = meters;
        this.random = random;
    }

    /// On the event loop of the request.
    public void handle(HttpServerRequest request) {
        var given = request.getHeader(RequestId.HEADER);
        var id = RequestId.of(given, random);
        var exchange = new Exchange(request, id, !id.equals(given), meters.clock());
        if (Finish.watch(exchange, inFlight, meters, vertx.getOrCreateContext())) {
            authenticate(exchange);
        } else {
            refuse(
                    exchange,
                    ErrorCode.SHUTTING_DOWN,
                    "This gateway is shutting down; repeat the request");
        }
    }

    private void authenticate(Exchange exchange) {
        var principal = auth.principal(exchange.request.getHeader(HttpHeaders.AUTHORIZATION));
        if (principal.isEmpty()) {
            refuse(
                    exchange,
                    ErrorCode.INVALID_API_KEY,
                    "No valid API key: send `Authorization: Bearer <key>`; `deepseek keys` makes one");
        } else {
            exchange.principal = principal.get();
            dispatch(exchange, principal.get());
        }
    }

    private void dispatch(Exchange exchange, Principal principal) {
        switch (exchange.path) {
            case "/v1/chat/completions", "/v1/completions" -> {
                if (expects(HttpMethod.POST, exchange)) {
                    inference.answer(exchange, principal);
                }
            }
            case MODELS -> {
                if (expects(HttpMethod.GET, exchange)) {
                    models.list(exchange, principal);
                }
            }
            default -> other(exchange, principal, exchange.path);
        }
    }

    private void other(Exchange exchange, Principal principal, String path) {
        var model = modelIn(path);
        if (model.isEmpty()) {
            refuse(
                    exchange,
                    ErrorCode.NOT_FOUND,
                    "There is nothing at "
                            + path
                            + "; there are /v1/chat/completions, /v1/completions and /v1/models");
        } else if (expects(HttpMethod.GET, exchange)) {
            models.one(exchange, principal, model.get());
        }
    }

    /// Names of models may hold slashes, escaped or not.
    private static Optional<String> modelIn(String path) {
        if (!path.startsWith(MODELS + "/")) {
            return Optional.empty();
        }
        try {
            var name = path.substring(MODELS.length() + 1).replace("+", "%2B");
            return Optional.of(URLDecoder.decode(name, UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean expects(HttpMethod method, Exchange exchange) {
        if (exchange.request.method().equals(method)) {
            return true;
        }
        exchange.response().putHeader(HttpHeaders.ALLOW, method.name());
        refuse(
                exchange,
                ErrorCode.METHOD_NOT_ALLOWED,
                exchange.request.method() + " is not for this address: use " + method);
        return false;
    }

    private void refuse(Exchange exchange, ErrorCode code, String message) {
        Discard.rest(vertx, exchange.request);
        Answers.refuse(exchange, Refusal.of(code, message));
    }
}
