package org.deepseekplugin.server;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.deepseekplugin.gateway.Gateway;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.nodes.NodeCertificates;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.store.SqliteDatabase;
import org.deepseekplugin.platform.telemetry.Metrics;
import org.deepseekplugin.platform.version.ProductVersion;
import org.deepseekplugin.server.agents.AgentEdge;
import org.deepseekplugin.server.agents.Bundles;
import org.deepseekplugin.server.agents.JoinTickets;
import org.deepseekplugin.server.clouds.CloudAccounts;
import org.deepseekplugin.server.config.Configuration;
import org.deepseekplugin.server.config.DriverKeys;
import org.deepseekplugin.server.control.ControlApi;
import org.deepseekplugin.server.control.EventOperations;
import org.deepseekplugin.server.control.Idempotency;
import org.deepseekplugin.server.control.KeyOperations;
import org.deepseekplugin.server.control.MachineOperations;
import org.deepseekplugin.server.control.ModelOperations;
import org.deepseekplugin.server.control.ResourceOperations;
import org.deepseekplugin.server.control.ServiceOperations;
import org.deepseekplugin.server.control.StatusOperations;
import org.deepseekplugin.server.control.UsageOperations;
import org.deepseekplugin.server.control.VersionOperations;
import org.deepseekplugin.server.http.BearerKeys;
import org.deepseekplugin.server.http.Documentation;
import org.deepseekplugin.server.http.Edge;
import org.deepseekplugin.server.http.Edge.Mount;
import org.deepseekplugin.server.http.Gate;
import org.deepseekplugin.server.http.Health;
import org.deepseekplugin.server.http.HostCheck;
import org.deepseekplugin.server.http.MetricsPage;
import org.deepseekplugin.server.keys.AdminKey;
import org.deepseekplugin.server.keys.Key;
import org.deepseekplugin.server.keys.KeyMaker;
import org.deepseekplugin.server.keys.Keys;
import org.deepseekplugin.server.state.ClientFile;
import org.deepseekplugin.server.state.DataDir;
import org.deepseekplugin.server.state.Installation;
import org.deepseekplugin.server.state.RunFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One visible assembly: everything that runs in the server's process, from the disk up to the
/// ports.
final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Lifecycle lifecycle;
    private final Gateway gateway;
    private final Duration drain;
    private final RunFile.Content running;
    private final Readiness readiness;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(
            Lifecycle lifecycle,
            Gateway gateway,
            Duration drain,
            RunFile.Content running,
            Readiness readiness) {
        this.lifecycle = lifecycle;
        this.gateway = gateway;
        this.drain = drain;
        this.running = running;
        this.readiness = readiness;
    }

    /// Returns when the server is ready.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException in one sentence with a remedy;
    ///   nothing is left running then
    static Server start(ServerOptions options, Clock clock) {
        var lifecycle = new Lifecycle();
        try {
            return assemble(options, clock, lifecycle);
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    private static Server assemble(ServerOptions options, Clock clock, Lifecycle lifecycle) {
        var random = new SecureRandom();
        var version = ProductVersion.current();
        var readiness = new Readiness();

        // what is configured, and where
        var factories = CloudAccounts.factories();
        var config = options.over(Configuration.read(options.files(), new DriverKeys(factories)));
        var dataDir = lifecycle.own(DataDir.open(config.dataDir()));
        var root = dataDir.root();

        // what survives a restart
        var database = lifecycle.own(SqliteDatabase.open(dataDir.store()));
        var installation = Installation.open(root, database, clock, random);
        var authority = installation.authority();
        var keys = new Keys(database, clock);
        var ledger =
                lifecycle.own(
                        Ledger.open(
                                root.resolve("ledger"),
                                GatewaySettings.ledger(config.gateway()),
                                clock));

        // the ports, closed to requests for now: one in use is found out before anything happens
        var metrics = lifecycle.own(new Metrics());
        var vertx = EventLoops.create(0);
        lifecycle.own(() -> vertx.close().await());
        var certificates =
                lifecycle.own(
                        new OwnCertificates(
                                authority,
                                config.certificateLifetime(),
                                clock,
                                random,
                                Scheduler.virtualThreads("certificates")));
        var serverIdentity = certificates.issue("server", Addresses.names(config));
        var publicGate = new Gate();
        var agentGate = new Gate();
        var ports = lifecycle.own(new Ports(vertx, config, serverIdentity, publicGate, agentGate));
        certificates.keep(serverIdentity, "server", Addresses.names(config), ports::renew);

        // clouds, machines and services
        var accounts =
                lifecycle.own(
                        new CloudAccounts(
                                factories,
                                config.cloudSettings(),
                                root.resolve("audit"),
                                metrics.registry(),
                                clock));
        var bundles =
                Bundles.in(config.agents().bundleDir().orElse(root.resolve("agent")), version);
        var access =
                new AgentAccess(
                        config.advertiseUrl().map(URI::toString).orElseGet(ports::agentUrl),
                        authority.certificatePem(),
                        bundles.version(),
                        bundles.checksums());
        var orchestrator =
                lifecycle.own(
                        new Orchestrator(
                                database,
                                accounts.clouds(),
                                OrchestratorOptions.of(config, installation, access),
                                NodeCertificates.of(
                                        authority,
                                        config.agents().certificateLifetime(),
                                        config.agents().certificateGrace()),
                                new EngineRecords(ledger),
                                new Surroundings(
                                        clock, random, Scheduler.virtualThreads("orchestrator"))));

        // the request path
        var endpoints = new ReadyEndpoints(config.aliases(), clock);
        orchestrator.endpoints().listen(endpoints::update);
        var gatewayIdentity = certificates.issue("gateway", List.of());
        var gateway =
                lifecycle.own(
                        new Gateway(
                                vertx,
                                GatewaySettings.of(config.gateway()),
                                new Transport.MutualTls(gatewayIdentity),
                                endpoints,
                                hash -> keys.find(hash).map(Server::principal),
                                ledger,
                                metrics.registry(),
                                clock,
                                onAnyThread()));
        certificates.keep(
                gatewayIdentity, "gateway", List.of(), fresh -> gateway.renew(fresh).await());

        // the control API
        var bearers = new BearerKeys(keys);
        var idempotency = new Idempotency(database, clock);
        var events = lifecycle.own(new EventOperations(orchestrator.events()));
        var services = orchestrator.services();
        var control =
                lifecycle.own(
                        ControlApi.of(
                                vertx,
                                bearers,
                                List.of(
                                        new VersionOperations(version),
                                        new StatusOperations(
                                                orchestrator,
                                                version,
                                                installation.owner().value(),
                                                accounts.names(),
                                                clock),
                                        new MachineOperations(orchestrator),
                                        new ServiceOperations(
                                                services, orchestrator.nodes(), idempotency),
                                        new ResourceOperations(
                                                services,
                                                orchestrator.fleet(),
                                                orchestrator.models()),
                                        new ModelOperations(
                                                orchestrator.models(), orchestrator.endpoints()),
                                        new KeyOperations(
                                                keys,
                                                new KeyMaker(installation.tokenKey(), random),
                                                idempotency,
                                                clock),
                                        new UsageOperations(ledger),
                                        events)));

        // everything is there: open the ports
        var edge =
                new Edge(
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
        var tickets =
                new JoinTickets(
                        database, orchestrator.fleet(), new JoinTokens(installation.tokenKey()));
        var agents =
                lifecycle.own(
                        new AgentEdge(
                                vertx,
                                orchestrator.nodes(),
                                tickets,
                                bundles,
                                config.agents().weightsDir().orElse(root.resolve("weights")),
                                onAnyThread(),
                                clock));
        orchestrator.start();
        publicGate.open(edge::handle);
        agentGate.open(agents::handle);

        // tell others
        var client = new ClientFile(dataDir.clientFile());
        var apiKey = AdminKey.ensure(keys, database, client.apiKey(), random);
        client.write(ports.url(), apiKey, authority.certificatePem());
        var running = ports.describe(version, clock.instant());
        lifecycle.own(new RunFile(dataDir.runFile())).write(running);
        readiness.ready();
        log.atInfo().addKeyValue("url", ports.url()).log("ready");
        return new Server(lifecycle, gateway, config.gateway().drainTimeout(), running, readiness);
    }

    /// Of the plaintext port.
    String url() {
        return running.url();
    }

    RunFile.Content running() {
        return running;
    }

    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /// Lets requests in flight finish, within the drain time; then ends everything.
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        log.atInfo().log("stopping");
        readiness.stopping();
        gateway.drain(drain).await();
        lifecycle.close();
        closed.countDown();
    }

    private static Principal principal(Key key) {
        return new Principal(key.id(), key.project(), Set.copyOf(key.models()));
    }

    /// For ids and choices on event loops: free of locks.
    private static RandomGenerator onAnyThread() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
