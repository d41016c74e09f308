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
import org.deepseekplugin.gateway.api.body.BodyReader;
import org.deepseekplugin.gateway.api.body.Peek;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Discard;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.api.exchange.Fallback;
import org.deepseekplugin.gateway.api.exchange.Finish;
import org.deepseekplugin.gateway.api.relay.Relay;
import org.deepseekplugin.gateway.api.relay.StreamDeadlines;
import org.deepseekplugin.gateway.api.telemetry.Meters;
import org.deepseekplugin.gateway.auth.BearerAuth;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.limits.BodyBudget;
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
                        new BodyReader(vertx, limits, new BodyBudget(limits.maxHeldBytes())),
                        new Peek(limits.maxDepth()),
                        endpoints,
                        dispatcher,
                        new Relay(vertx, new StreamDeadlines(idle, limits.readerTimeout())));
        this.models = new Models(endpoints);
        this.meters = meters;
        this.random = random;
    }

    /// On the event loop of the request.
    public void handle(HttpServerRequest request) {
        var given = request.getHeader(RequestId.HEADER);
        var id = RequestId.of(given, random);
        var exchange = new Exchange(request, id, !id.equals(given), meters.clock());
        exchange.whenOver(() -> meters.finished(exchange));
        if (Finish.watch(exchange, inFlight, vertx.getOrCreateContext())) {
            Fallback.guard(exchange, () -> authenticate(exchange));
        } else {
            refuse(
                    exchange,
                    ErrorCode.SHUTTING_DOWN,
                    "This gateway is shutting down; repeat the request");
        }
    }

    private void authenticate(Exchange exchange) {
        var headers = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        var principal = auth.principal(headers);
        if (principal.isEmpty()) {
            exchange.response().putHeader("www-authenticate", "Bearer");
            refuse(
                    exchange,
                    ErrorCode.INVALID_API_KEY,
                    "No valid API key: send one `Authorization: Bearer <key>`; `deepseek keys` makes one");
        } else {
            exchange.authenticated(principal.get());
            dispatch(exchange, principal.get());
        }
    }

    private void dispatch(Exchange exchange, Principal principal) {
        switch (exchange.path()) {
            case "/v1/chat/completions", "/v1/completions" -> {
                if (isPost(exchange)) {
                    inference.answer(exchange, principal);
                }
            }
            case MODELS -> {
                if (isGet(exchange)) {
                    models.list(exchange, principal);
                }
            }
            default -> other(exchange, principal, exchange.path());
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
        } else if (isGet(exchange)) {
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

    private boolean isPost(Exchange exchange) {
        return exchange.request().method().equals(HttpMethod.POST) || wrongMethod(exchange, "POST");
    }

    private boolean isGet(Exchange exchange) {
        var method = exchange.request().method();
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || wrongMethod(exchange, "GET, HEAD");
    }

    private boolean wrongMethod(Exchange exchange, String allowed) {
        exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
        refuse(
                exchange,
                ErrorCode.METHOD_NOT_ALLOWED,
                exchange.request().method() + " is not for this address: use " + allowed);
        return false;
    }

    private void refuse(Exchange exchange, ErrorCode code, String message) {
        Discard.rest(vertx, exchange.request());
        Answers.refuse(exchange, Refusal.of(code, message));
    }
}
