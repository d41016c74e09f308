package org.deepseekplugin.server.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.ConnectionDeadlines;

/// One port, served by one or more event loops.
public final class Listener implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 15;

    private final Vertx vertx;
    private final String deployment;
    private final List<HttpServer> servers;
    private final int port;

    /// How long a connection may keep nobody busy.
    ///
    /// @param firstHead until the head of its first request is there
    /// @param idle between an answer and the next request
    public record Patience(Duration firstHead, Duration idle) {}

    private Listener(Vertx vertx, String deployment, List<HttpServer> servers, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.servers = servers;
        this.port = port;
    }

    /// @param options with host and port; port 0 takes a free one
    /// @param flag how a person chooses another port, such as `--port`
    /// @throws PlatformException naming address and remedy when it cannot listen
    public static Listener open(
            Vertx vertx,
            HttpServerOptions options,
            Patience patience,
            int loops,
            String flag,
            Handler<HttpServerRequest> handler) {
        options.setCompressionSupported(false).setIdleTimeout(0).setMaxHeaderSize(16 * 1024);
        // nobody needs it, and a request that asks for it is a way around proxies
        options.setHttp2ClearTextEnabled(false);
        // a free port is found by the first loop, then shared by all
        int port = options.getPort() == 0 ? freePort(vertx, options, flag) : options.getPort();
        var shared = new HttpServerOptions(options).setPort(port);
        var servers = new CopyOnWriteArrayList<HttpServer>();
        var deployed =
                vertx.deployVerticle(
                        () -> new Serving(shared, patience, handler, servers),
                        new DeploymentOptions()
                                .setInstances(loops)
                                .setThreadingModel(ThreadingModel.EVENT_LOOP));
        return new Listener(vertx, await(deployed, options, flag), servers, port);
    }

    public int port() {
        return port;
    }

    /// Another certificate for connections to come; those that are open go on.
    public void renew(ServerSSLOptions options) {
        Future.all(servers.stream().map(server -> server.updateSSLOptions(options)).toList())
                .await();
    }

    /// Refuses new connections and closes those that there are.
    @Override
    public void close() {
        vertx.undeploy(deployment).await();
    }

    private static int freePort(Vertx vertx, HttpServerOptions options, String flag) {
        var probe = vertx.createHttpServer(options).requestHandler(nobody -> {});
        int port = await(probe.listen().map(HttpServer::actualPort), options, flag);
        await(probe.close().map(port), options, flag);
        return port;
    }

    private static <T> T await(Future<T> future, HttpServerOptions options, String flag) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), options, flag);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e, options, flag);
        } catch (TimeoutException e) {
            throw failure(e, options, flag);
        }
    }

    private static PlatformException failure(Throwable e, HttpServerOptions options, String flag) {
        var address = options.getHost() + ":" + options.getPort();
        var sentence =
                switch (e) {
                    case UnknownHostException unknown ->
                            "\"%s\" is no address of this machine; choose one with --listen."
                                    .formatted(options.getHost());
                    case IOException refused ->
                            "Cannot listen on %s (%s). Stop what uses it, or choose another port with %s (0 picks a free one)."
                                    .formatted(address, reason(refused), flag);
                    default -> "Cannot listen on %s: %s".formatted(address, e);
                };
        return new PlatformException(ErrorCode.INTERNAL, sentence, e);
    }

    /// The system's words without those of the native call: "Address already in use".
    private static String reason(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
    }

    private static final class Serving extends AbstractVerticle {
        private final HttpServerOptions options;
        private final Patience patience;
        private final Handler<HttpServerRequest> handler;
        private final List<HttpServer> servers;

        private Serving(
                HttpServerOptions options,
                Patience patience,
                Handler<HttpServerRequest> handler,
                List<HttpServer> servers) {
            this.options = options;
            this.patience = patience;
            this.handler = handler;
            this.servers = servers;
        }

        @Override
        public void start(Promise<Void> started) {
            var server =
                    vertx.createHttpServer(options)
                            .requestHandler(handler)
                            .invalidRequestHandler(Problems::unreadable);
            ConnectionDeadlines.set(vertx, server, patience.firstHead(), patience.idle());
            servers.add(server);
            server.listen().<Void>mapEmpty().onComplete(started);
        }
    }
}
