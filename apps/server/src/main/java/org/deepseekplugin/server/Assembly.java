package org.deepseekplugin.server;

import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.gateway.Gateway;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.nodes.NodeCertificates;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.telemetry.Metrics;
import org.deepseekplugin.platform.version.ProductVersion;
import org.deepseekplugin.server.agents.AgentEdge;
import org.deepseekplugin.server.agents.Bundles;
import org.deepseekplugin.server.agents.JoinTickets;
import org.deepseekplugin.server.clouds.CloudAccounts;
import org.deepseekplugin.server.config.Configuration;
import org.deepseekplugin.server.config.DriverKeys;
import org.deepseekplugin.server.config.ServerConfig;
import org.deepseekplugin.server.control.ControlApi;
import org.deepseekplugin.server.control.EventOperations;
import org.deepseekplugin.server.http.BearerKeys;
import org.deepseekplugin.server.http.Documentation;
import org.deepseekplugin.server.http.Edge;
import org.deepseekplugin.server.http.Edge.Mount;
import org.deepseekplugin.server.http.Health;
import org.deepseekplugin.server.http.HostCheck;
import org.deepseekplugin.server.http.MetricsPage;
import org.deepseekplugin.server.keys.AdminKey;
import org.deepseekplugin.server.keys.Key;
import org.deepseekplugin.server.state.ClientFile;
import org.deepseekplugin.server.state.LastAddresses;
import org.deepseekplugin.server.state.RunFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a server together, from the disk up to the ports: [#server] is the diagram, the methods
/// below it are its boxes, in the order in which it names them.
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    private final Lifecycle lifecycle;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String version = ProductVersion.current();
    private final List<DriverFactory> factories = CloudAccounts.factories();
    private final ServerConfig config;
    private final DurableState state;
    private final LastAddresses last;
    private final Metrics metrics;
    private final Vertx vertx;
    private final Readiness readiness = new Readiness();

    /// @param lifecycle owns what is started, and ends it when the rest fails
    Assembly(ServerOptions options, Clock clock, Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.clock = clock;
        config = options.over(Configuration.read(options.files(), new DriverKeys(factories)));
        state = DurableState.open(config, clock, random, lifecycle);
        last = LastAddresses.read(state.dataDir().root());
        metrics = lifecycle.own(new Metrics());
        vertx = EventLoops.create(0);
        lifecycle.own(() -> vertx.close().await());
    }

    /// @return a server that is ready
    Server server() {
        // closed to requests for now: a port in use is found out before anything happens
        var certificates = certificates();
        var ports = ports(certificates);

        // clouds, machines and services
        var accounts = accounts();
        var bundles = bundles();
        var address = agentAddress(ports);
        var orchestrator = orchestrator(accounts, access(bundles, address));

        // the request path and the control API
        var gateway = gateway(certificates, orchestrator);
        var bearers = new BearerKeys(state.keys());
        var control = control(bearers, accounts, orchestrator);

        // everything is there
        var edge = edge(bearers, gateway, control);
        var agents = agents(orchestrator, bundles);
        Moved.tell(last.agentAddress(), address, orchestrator);
        ports.addresses(address).write(state.dataDir().root());
        orchestrator.start();
        ports.open(edge::handle, agents::handle);

        var running = announce(ports);
        readiness.ready();
        log.atInfo().addKeyValue("url", running.url()).log("ready");
        return new Server(lifecycle, gateway, config.gateway().drainTimeout(), running, readiness);
    }

    private OwnCertificates certificates() {
        return lifecycle.own(
                new OwnCertificates(
                        state.authority(),
                        config.certificateLifetime(),
                        clock,
                        random,
                        Scheduler.virtualThreads("certificates")));
    }

    private Ports ports(OwnCertificates certificates) {
        var names = Addresses.names(config);
        var identity = certificates.issue("server", names);
        var ports = lifecycle.own(new Ports(vertx, config, identity, last));
        certificates.keep(identity, "server", names, ports::renew);
        return ports;
    }

    private CloudAccounts accounts() {
        return lifecycle.own(
                new CloudAccounts(
                        factories,
                        config.cloudSettings(),
                        state.folder("audit"),
                        metrics.registry(),
                        clock));
    }

    private Bundles bundles() {
        return Bundles.in(
                config.agents().bundleDir().orElseGet(() -> state.folder("agent")), version);
    }

    /// What machines are told to call.
    private String agentAddress(Ports ports) {
        return config.advertiseUrl().map(URI::toString).orElseGet(ports::agentUrl);
    }

    private AgentAccess access(Bundles bundles, String agentAddress) {
        return new AgentAccess(
                agentAddress,
                state.authority().certificatePem(),
                bundles.version(),
                bundles.checksums());
    }

    private Orchestrator orchestrator(CloudAccounts accounts, AgentAccess access) {
        var agents = config.agents();
        return lifecycle.own(
                new Orchestrator(
                        state.database(),
                        accounts.clouds(),
                        OrchestratorOptions.of(config, state.installation(), access),
                        NodeCertificates.of(
                                state.authority(),
                                agents.certificateLifetime(),
                                agents.certificateGrace()),
                        new EngineRecords(state.ledger()),
                        new Surroundings(clock, random, Scheduler.virtualThreads("orchestrator"))));
    }

    private Gateway gateway(OwnCertificates certificates, Orchestrator orchestrator) {
        var endpoints = new ReadyEndpoints(config.aliases(), clock);
        orchestrator.endpoints().listen(endpoints::update);
        var identity = certificates.issue("gateway", List.of());
        var gateway =
                lifecycle.own(
                        new Gateway(
                                vertx,
                                GatewaySettings.of(config.gateway()),
                                new Transport.MutualTls(identity),
                                endpoints,
                                hash -> state.keys().find(hash).map(Assembly::principal),
                                state.ledger(),
                                metrics.registry(),
                                clock,
                                onAnyThread()));
        certificates.keep(identity, "gateway", List.of(), fresh -> gateway.renew(fresh).await());
        return gateway;
    }

    private ControlApi control(
            BearerKeys bearers, CloudAccounts accounts, Orchestrator orchestrator) {
        var events = lifecycle.own(new EventOperations(orchestrator.events()));
        var operations =
                ControlOperations.of(
                        state, orchestrator, accounts.names(), events, version, clock, random);
        return lifecycle.own(ControlApi.of(vertx, bearers, operations));
    }

    private Edge edge(BearerKeys bearers, Gateway gateway, ControlApi control) {
        return new Edge(
                new HostCheck(Addresses.allowed(config)),
                bearers,
                List.of(
                        new Mount("/v1", (request, id) -> gateway.handle(request), true),
                        new Mount("/healthz", Health.alive(), true),
                        new Mount("/readyz", Health.ready(readiness::isReady), true),
                        new Mount("/api/openapi.yaml", Documentation.contract(), false),
                        new Mount("/api/v1", control, true),
                        new Mount("/docs", Documentation.pages(), false),
                        new Mount("/metrics", new MetricsPage(vertx, metrics), false)),
                onAnyThread());
    }

    private AgentEdge agents(Orchestrator orchestrator, Bundles bundles) {
        var tokens = new JoinTokens(state.installation().tokenKey());
        return lifecycle.own(
                new AgentEdge(
                        vertx,
                        orchestrator.nodes(),
                        new JoinTickets(state.database(), orchestrator.fleet(), tokens),
                        bundles,
                        config.agents().weightsDir().orElseGet(() -> state.folder("weights")),
                        onAnyThread(),
                        clock));
    }

    /// Writes the files by which others find the server.
    private RunFile.Content announce(Ports ports) {
        var client = new ClientFile(state.dataDir().clientFile());
        var key = AdminKey.ensure(state.keys(), state.database(), client.apiKey(), random);
        client.write(ports.url(), key, state.authority().certificatePem());
        var drain = config.gateway().drainTimeout();
        var running = ports.describe(version, clock.instant(), drain);
        lifecycle.own(new RunFile(state.dataDir().runFile())).write(running);
        return running;
    }

    private static Principal principal(Key key) {
        return new Principal(key.id(), key.project(), Set.copyOf(key.models()));
    }

    /// For ids and choices on event loops: free of locks.
    private static RandomGenerator onAnyThread() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
