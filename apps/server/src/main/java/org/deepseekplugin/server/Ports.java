package org.deepseekplugin.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.server.config.ServerConfig;
import org.deepseekplugin.server.http.Gate;
import org.deepseekplugin.server.http.Listener;
import org.deepseekplugin.server.http.Listener.Patience;
import org.deepseekplugin.server.state.LastAddresses;
import org.deepseekplugin.server.state.RunFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The three ports: plaintext on loopback, TLS 1.3 wherever it is wanted, and the agents' own.
final class Ports implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ports.class);

    /// A log's tail or a batch of usage records fits well into this.
    private static final int AGENT_MESSAGE_BYTES = 4 * 1024 * 1024;

    /// An agent's one connection is an answer that does not end; its heartbeats tell whether it
    /// lives.
    private static final Duration WHILE_AN_AGENT_LIVES = Duration.ofDays(365);

    private final Vertx vertx;
    private final String host;
    private final Gate publicGate = new Gate();
    private final Gate agentGate = new Gate();
    private final Lifecycle opened = new Lifecycle();
    private final Listener plain;
    private final Listener tls;
    private final Listener agents;

    /// Takes the ports; requests are asked to come back until [#open].
    ///
    /// @param last where a port is 0, the one to take again if it is free
    /// @throws PlatformException when a port is taken
    Ports(Vertx vertx, ServerConfig config, PemIdentity identity, LastAddresses last) {
        this.vertx = vertx;
        this.host = config.listen();
        var clients = new Patience(config.gateway().headerDeadline(), config.gateway().keepAlive());
        var nodes = new Patience(clients.firstHead(), WHILE_AN_AGENT_LIVES);
        var loopback = options(Addresses.LOOPBACK, config.port());
        var secured = Tls.serve(options(host, config.tlsPort()), identity, ClientAuth.NONE);
        var mutual =
                Tls.serve(options(host, config.agentPort()), identity, ClientAuth.REQUEST)
                        .setMaxWebSocketMessageSize(AGENT_MESSAGE_BYTES)
                        .setMaxWebSocketFrameSize(AGENT_MESSAGE_BYTES)
                        .setTcpKeepAlive(true);
        try {
            plain = listen(loopback, last.port(), clients, "--port", publicGate);
            tls = listen(secured, last.tlsPort(), clients, "--tls-port", publicGate);
            agents = listen(mutual, last.agentPort(), nodes, "--agent-port", agentGate);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Listener listen(
            HttpServerOptions options, int last, Patience patience, String flag, Gate gate) {
        if (options.getPort() == 0 && last > 0) {
            try {
                return open(new HttpServerOptions(options).setPort(last), patience, flag, gate);
            } catch (PlatformException e) {
                log.atInfo()
                        .addKeyValue("port", last)
                        .addKeyValue("reason", e.getMessage())
                        .log("cannot have the port of the last start, taking another");
            }
        }
        return open(options, patience, flag, gate);
    }

    private Listener open(HttpServerOptions options, Patience patience, String flag, Gate gate) {
        int loops = Runtime.getRuntime().availableProcessors();
        return opened.own(Listener.open(vertx, options, patience, loops, flag, gate));
    }

    /// Lets requests in.
    ///
    /// @param everyone answers on the first two ports
    void open(Handler<HttpServerRequest> everyone, Handler<HttpServerRequest> nodes) {
        publicGate.open(everyone);
        agentGate.open(nodes);
    }

    /// Shows another certificate from now on, without touching open connections.
    void renew(PemIdentity identity) {
        tls.renew(Tls.serve(identity, ClientAuth.NONE));
        agents.renew(Tls.serve(identity, ClientAuth.REQUEST));
    }

    /// What machines on this host's loopback call.
    String agentUrl() {
        var name = host.equals("0.0.0.0") || host.equals("::") ? Addresses.LOOPBACK : host;
        return "https://" + name + ":" + agents.port();
    }

    String url() {
        return "http://" + Addresses.LOOPBACK + ":" + plain.port();
    }

    /// What to remember for the next start.
    LastAddresses addresses(String agentAddress) {
        return new LastAddresses(plain.port(), tls.port(), agents.port(), agentAddress);
    }

    RunFile.Content describe(String version, Instant now, Duration drain) {
        return new RunFile.Content(
                ProcessHandle.current().pid(),
                version,
                plain.port(),
                tls.port(),
                agents.port(),
                url(),
                "https://" + host + ":" + tls.port(),
                agentUrl(),
                now,
                drain.toSeconds());
    }

    private static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions().setHost(host).setPort(port);
    }

    @Override
    public void close() {
        opened.close();
    }
}
