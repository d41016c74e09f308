package org.deepseekplugin.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.deepseekplugin.engine.openai.CompletionRequest;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.usage.UsageLog;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// OpenAI's HTTP interface of one engine, and `/engine/…` for its agent. It asks for no key, so it
/// belongs on loopback or a Unix socket only.
public final class EngineServer {
    private final HttpServer server;
    private final Completions completions;
    private final EngineRoutes routes;

    public EngineServer(
            Vertx vertx,
            Engine engine,
            ServedModel model,
            UsageLog usageLog,
            Clock clock,
            RandomGenerator random) {
        var runs = new Runs();
        completions = new Completions(vertx, engine, model, runs, usageLog, clock, random);
        routes = new EngineRoutes(vertx, engine, model, runs, clock);
        server =
                vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                        .requestHandler(this::route);
    }

    /// @return the port, 0 for a Unix socket
    public Future<Integer> listen(SocketAddress address) {
        return server.listen(address)
                .map(listening -> address.isInetSocket() ? listening.actualPort() : 0);
    }

    public Future<?> close() {
        return server.close();
    }

    private void route(HttpServerRequest http) {
        var post = http.method().name().equals("POST");
        try {
            switch (String.valueOf(http.path())) {
                case "/v1/chat/completions" ->
                        only(post, "POST", () -> completions.handle(http, CompletionRequest::chat));
                case "/v1/completions" ->
                        only(post, "POST", () -> completions.handle(http, CompletionRequest::text));
                case "/v1/models" -> only(!post, "GET", () -> routes.models(http));
                case "/health" -> only(!post, "GET", () -> routes.health(http));
                case "/engine/stats" -> routes.stats(http);
                case "/engine/cancel" -> only(post, "POST", () -> routes.cancel(http));
                case "/engine/drain" -> only(post, "POST", () -> routes.drain(http));
                case "/engine/tokenize" -> only(post, "POST", () -> routes.tokenize(http));
                default ->
                        throw new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "There is nothing at " + http.path() + " of this engine.");
            }
        } catch (PlatformException e) {
            Respond.error(http.response(), e);
        }
    }

    private static void only(boolean right, String method, Runnable handler) {
        if (!right) {
            throw new PlatformException(
                    ErrorCode.METHOD_NOT_ALLOWED, "This path answers " + method + " only.");
        }
        handler.run();
    }
}
