package org.deepseekplugin.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deepseekplugin.engine.openai.CompletionRequest;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.usage.UsageLog;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// OpenAI's HTTP interface of one engine, and `/engine/…` for its agent. It asks for no key, so it
/// belongs on loopback or a Unix socket only.
public final class EngineServer {
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(30);

    /// The heap holds a body about six times over, until it has become tokens.
    private static final int BODIES_AT_ONCE = 4;

    private record Route(HttpMethod method, Consumer<HttpServerRequest> handler) {
        boolean takes(HttpMethod asked) {
            return asked.equals(method)
                    || (asked.equals(HttpMethod.HEAD) && method.equals(HttpMethod.GET));
        }
    }

    private final HttpServer server;
    private final Map<String, Route> routes;

    public EngineServer(
            Vertx vertx,
            Engine engine,
            ServedModel model,
            UsageLog usageLog,
            Clock clock,
            RandomGenerator random) {
        this(vertx, engine, model, usageLog, clock, random, BODY_PATIENCE);
    }

    EngineServer(
            Vertx vertx,
            Engine engine,
            ServedModel model,
            UsageLog usageLog,
            Clock clock,
            RandomGenerator random,
            Duration bodyPatience) {
        long most = model.maxBodyBytes();
        var bodies = new Bodies(vertx, most, BODIES_AT_ONCE * most, bodyPatience);
        var runs = new Runs();
        routes =
                routes(
                        new Completions(
                                vertx, engine, model, bodies, runs, usageLog, clock, random),
                        new EngineRoutes(engine, model, bodies, runs, clock));
        server =
                vertx.createHttpServer(options())
                        .requestHandler(this::answer)
                        .invalidRequestHandler(EngineServer::refuse);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false);
    }

    /// @return the port, 0 for a Unix socket
    public Future<Integer> listen(SocketAddress address) {
        return server.listen(address)
                .map(listening -> address.isInetSocket() ? listening.actualPort() : 0);
    }

    public Future<?> close() {
        return server.close();
    }

    private static Map<String, Route> routes(Completions completions, EngineRoutes others) {
        return Map.of(
                "/v1/chat/completions",
                post(http -> completions.handle(http, CompletionRequest::chat)),
                "/v1/completions",
                post(http -> completions.handle(http, CompletionRequest::text)),
                "/v1/models",
                get(others::models),
                "/health",
                get(others::health),
                "/engine/stats",
                get(others::stats),
                "/engine/cancel",
                post(others::cancel),
                "/engine/drain",
                post(others::drain),
                "/engine/tokenize",
                post(others::tokenize));
    }

    private static Route get(Consumer<HttpServerRequest> handler) {
        return new Route(HttpMethod.GET, handler);
    }

    private static Route post(Consumer<HttpServerRequest> handler) {
        return new Route(HttpMethod.POST, handler);
    }

    private void answer(HttpServerRequest http) {
        try {
            route(http).handler().accept(http);
        } catch (RuntimeException e) {
            Respond.error(http.response(), e);
        }
    }

    private Route route(HttpServerRequest http) {
        var path = String.valueOf(http.path());
        var route = routes.get(path);
        if (route == null) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND,
                    "There is nothing at " + path + "." + Nearest.hint(path, routes.keySet()));
        }
        if (!route.takes(http.method())) {
            var method = route.method().name();
            http.response().putHeader("allow", method);
            throw new PlatformException(
                    ErrorCode.METHOD_NOT_ALLOWED, path + " answers " + method + " only.");
        }
        return route;
    }

    /// What is no HTTP.
    private static void refuse(HttpServerRequest http) {
        var cause = http.decoderResult().cause();
        Respond.error(
                http.response(),
                new PlatformException(
                        ErrorCode.INVALID_REQUEST,
                        "This is no HTTP request: " + (cause == null ? "" : cause.getMessage()),
                        cause));
    }
}
