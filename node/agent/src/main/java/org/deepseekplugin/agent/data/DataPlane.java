package org.deepseekplugin.agent.data;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.deepseekplugin.agent.engine.Engines.Reach;
import org.deepseekplugin.platform.http.Peer;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.PemIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's HTTPS port. TLS lets in certificates of our authority only; of these, only the
/// gateway's may stay.
public final class DataPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataPlane.class);
    private static final String GATEWAY = "gateway";

    /// More than any engine's queue: waiting belongs there, where it can be counted.
    private static final int CONNECTIONS = 4096;

    /// Shorter than the engine's own limit, so that none is used in the moment it closes.
    private static final int IDLE_SECONDS = 15;

    private final HttpServer server;
    private final HttpClient engines;

    private DataPlane(HttpServer server, HttpClient engines) {
        this.server = server;
        this.engines = engines;
    }

    /// @param port 0 for a free one
    /// @param replicas asked for every request, on an event loop
    /// @throws RuntimeException when the port cannot be had
    public static DataPlane listen(
            Vertx vertx,
            String host,
            int port,
            PemIdentity identity,
            Clock clock,
            Function<String, Optional<Reach>> replicas) {
        var client = new HttpClientOptions().setKeepAliveTimeout(IDLE_SECONDS);
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
        var engines = vertx.createHttpClient(client, pool);
        var options = Tls.serve(new HttpServerOptions(), identity, ClientAuth.REQUIRED);
        var server =
                vertx.createHttpServer(options.setHost(host).setPort(port))
                        .connectionHandler(connection -> admit(connection, clock))
                        .requestHandler(new ReplicaProxy(engines, replicas))
                        .listen()
                        .await();
        return new DataPlane(server, engines);
    }

    public int port() {
        return server.actualPort();
    }

    /// Shows another certificate to connections to come; those that are open go on.
    public void renew(PemIdentity identity) {
        server.updateSSLOptions(Tls.serve(identity, ClientAuth.REQUIRED)).await();
    }

    private static void admit(HttpConnection connection, Clock clock) {
        var name = Peer.name(connection, clock.instant()).orElse("");
        if (!name.equals(GATEWAY)) {
            log.atWarn()
                    .addKeyValue("peer", name)
                    .addKeyValue("address", connection.remoteAddress())
                    .log("only the gateway may call the data port, connection closed");
            connection.close();
        }
    }

    @Override
    public void close() {
        server.close().await();
        engines.close().await();
    }
}
