package org.deepseekplugin.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import java.time.Instant;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.server.config.ServerConfig;
import org.deepseekplugin.server.http.Edge;
import org.deepseekplugin.server.http.Listener;
import org.deepseekplugin.server.state.RunFile;

/// The two public ports: plaintext on loopback, TLS 1.3 wherever it is wanted.
final class Ports implements AutoCloseable {
    private final String host;
    private final Listener plain;
    private final Listener tls;

    private Ports(String host, Listener plain, Listener tls) {
        this.host = host;
        this.plain = plain;
        this.tls = tls;
    }

    /// @throws org.deepseekplugin.platform.errors.PlatformException when a port is taken
    static Ports open(Vertx vertx, ServerConfig config, PemIdentity identity, Edge edge) {
        int loops = Runtime.getRuntime().availableProcessors();
        var plain =
                Listener.open(
                        vertx,
                        options(Addresses.LOOPBACK, config.port()),
                        loops,
                        "--port",
                        edge::handle);
        try {
            var secured =
                    Tls.serve(
                            options(config.listen(), config.tlsPort()), identity, ClientAuth.NONE);
            var tls = Listener.open(vertx, secured, loops, "--tls-port", edge::handle);
            return new Ports(config.listen(), plain, tls);
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    String url() {
        return "http://" + Addresses.LOOPBACK + ":" + plain.port();
    }

    RunFile.Content describe(int agentPort, String agentUrl, String version, Instant now) {
        return new RunFile.Content(
                ProcessHandle.current().pid(),
                version,
                plain.port(),
                tls.port(),
                agentPort,
                url(),
                "https://" + host + ":" + tls.port(),
                agentUrl,
                now);
    }

    static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions().setHost(host).setPort(port);
    }

    @Override
    public void close() {
        tls.close();
        plain.close();
    }
}
