package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Machines whose agent has joined: lets them in, hears them, tells them what to run, and notices
/// when they fall silent. Heartbeats stay in memory; only transitions are stored. Thread-safe;
/// methods may block for a moment.
public final class Nodes {
    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final Database database;
    private final NodeSettings settings;
    private final NodeCertificates certificates;
    private final EngineSource engines;
    private final UsageSink usage;
    private final Events events;
    private final Surroundings surroundings;
    private final NodeStore store;
    private final Joining joining;
    private final Renewals renewals;
    private final Connections connections = new Connections();
    private final LogTails logTails;
    private final ReconcileLoop loop;
    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();

    public Nodes(
            Database database,
            Fleet fleet,
            JoinTokens tokens,
            NodeCertificates certificates,
            NodeSettings settings,
            EngineSource engines,
            UsageSink usage,
            Events events,
            Surroundings surroundings) {
        this.database = database;
        this.settings = settings;
        this.certificates = certificates;
        this.engines = engines;
        this.usage = usage;
        this.events = events;
        this.surroundings = surroundings;
        store = new NodeStore(surroundings.clock());
        joining =
                new Joining(
                        database,
                        fleet,
                        tokens,
                        store,
                        certificates,
                        settings,
                        events,
                        surroundings);
        renewals = new Renewals(database, store, certificates, events, surroundings);
        logTails = new LogTails(surroundings);
        loop = new ReconcileLoop("nodes", surroundings, this::reconcile);
    }

    /// Before [#start].
    public void listen(NodeListener listener) {
        listeners.add(listener);
    }

    /// Nodes of an earlier process get the whole deadline to dial in again.
    public void start() {
        for (var node : database.read(store::present)) {
            if (node.state().isUsable()) {
                connections.expect(node.id(), surroundings.now());
            }
            loop.poke(node.id());
        }
        watch();
    }

    /// @param token the bearer token of the request
    /// @throws PlatformException `invalid_api_key`, `invalid_request`, or `overloaded`: ask again
    public JoinResponse join(Secret token, JoinRequest request, String remoteAddress) {
        var joined = joining.join(token, request, remoteAddress);
        connections.expect(joined.node(), surroundings.now());
        changed(joined.node(), Set.of(joined.replica()));
        return answer(joined.node(), request.csrPem());
    }

    /// For a node whose certificate has ended.
    ///
    /// @throws PlatformException `insufficient_permissions` when it does not count as ours any
    ///   more, or `invalid_request`
    public JoinResponse rejoin(RejoinRequest request, String remoteAddress) {
        return answer(renewals.readmit(request, remoteAddress), request.csrPem());
    }

    private JoinResponse answer(String node, String csrPem) {
        return new JoinResponse(
                Protocol.VERSION,
                node,
                certificates.issue(csrPem, node),
                certificates.caPem(),
                settings.heartbeat(),
                Unknown.NONE);
    }

    /// An agent has connected and shown the node's certificate.
    ///
    /// @throws PlatformException `not_found` when the node was given up
    public AgentSession connected(String node, AgentLink link) {
        database.run(tx -> {
            var known = store.find(tx, node).filter(n -> n.state().isUsable());
            if (known.isEmpty()) {
                throw new PlatformException(
                        ErrorCode.NOT_FOUND, "Node " + node + " is not one of ours any more.");
            }
            if (known.get().state() == Node.State.JOINED) {
                store.move(tx, node, Node.State.UP);
            }
        });
        long connection = connections.connected(node, link, surroundings.now());
        changed(node, Set.of());
        return new Session(node, link, connection);
    }

    /// Not those that are gone; in the order in which they joined.
    public List<Node> list(String project) {
        return database.read(tx -> store.present(tx, project)).stream()
                .map(this::withLive)
                .toList();
    }

    public Optional<Node> ofInstance(Transaction transaction, String instance) {
        return store.ofInstance(transaction, instance).map(this::withLive);
    }

    /// The last lines of a log, oldest first.
    ///
    /// @param source `agent`, or a replica on the node
    /// @throws PlatformException `not_found` when the node is not connected, `upstream_timeout`
    ///   when it does not answer
    public List<String> tailLog(String node, String source, int lines) {
        var link =
                connections
                        .link(node)
                        .orElseThrow(() ->
                                new PlatformException(
                                        ErrorCode.NOT_FOUND,
                                        "Node \"%s\" is not connected; see `deepseek nodes`."
                                                .formatted(node)));
        return logTails.ask(link, source, lines);
    }

    /// What the node shall run may have changed, or its machine is gone.
    public void wake(String node) {
        loop.poke(node);
    }

    public void prune(Transaction transaction) {
        store.prune(transaction, surroundings.now().minus(Duration.ofDays(7)));
    }

    private Optional<Duration> reconcile(String id) {
        record View(Optional<Node> node, boolean machineIsGone, List<EngineSpec> engines) {}
        var view =
                database.read(tx -> {
                    var node = store.find(tx, id);
                    var wanted = node.flatMap(Node::instance).map(i -> engines.engines(tx, i));
                    return new View(node, store.machineIsGone(tx, id), wanted.orElse(List.of()));
                });
        var deadline = surroundings.now().minus(settings.deadline());
        boolean silent =
                connections.live(id).filter(l -> l.heardAt().isBefore(deadline)).isPresent();
        if (silent || view.machineIsGone()) {
            database.run(tx -> end(tx, id));
        }
        if (silent || view.machineIsGone() || view.node().filter(Nodes::isUsable).isEmpty()) {
            connections.forget(id);
            return view.machineIsGone() ? Optional.empty() : Optional.of(LOOK_AGAIN);
        }
        connections.send(id, view.engines(), surroundings.now());
        return Optional.of(LOOK_AGAIN);
    }

    private static boolean isUsable(Node node) {
        return node.state().isUsable();
    }

    private void end(Transaction transaction, String id) {
        var node = store.find(transaction, id);
        if (node.isEmpty() || node.get().state() == Node.State.GONE) {
            return;
        }
        if (store.machineIsGone(transaction, id)) {
            store.move(transaction, id, Node.State.GONE);
        } else if (node.get().state() != Node.State.DEAD) {
            store.move(transaction, id, Node.State.DEAD);
            events.append(
                    transaction,
                    node.get().project(),
                    "node.dead",
                    id,
                    "silent for " + settings.deadline());
        }
    }

    private void watch() {
        for (var node : connections.silentSince(surroundings.now().minus(settings.deadline()))) {
            log.atWarn().addKeyValue("node", node).log("silent for too long");
            changed(node, Set.of());
        }
        surroundings.scheduler().after(settings.heartbeat(), this::watch);
    }

    private void changed(String node, Set<String> replicas) {
        loop.poke(node);
        listeners.forEach(listener -> listener.changed(node, replicas));
    }

    private Node withLive(Node node) {
        return connections.live(node.id()).map(node::with).orElse(node);
    }

    private final class Session implements AgentSession {
        private final String node;
        private final AgentLink link;
        private final long connection;

        Session(String node, AgentLink link, long connection) {
            this.node = node;
            this.link = link;
            this.connection = connection;
        }

        @Override
        public void receive(AgentMessage message) {
            switch (message) {
                case AgentMessage.Hello hello -> hello(hello);
                case AgentMessage.Heartbeat beat -> {
                    var replicas = connections.heard(node, beat, surroundings.now());
                    if (!replicas.isEmpty()) {
                        changed(node, replicas);
                    }
                }
                case AgentMessage.Usage(var batch, var records, _) ->
                        usage.accept(
                                node,
                                records,
                                () -> link.send(new ServerMessage.UsageAck(batch, Unknown.NONE)));
                case AgentMessage.LogLines(var request, var lines, _) ->
                        logTails.answered(request, lines);
                case AgentMessage.Renew(var csrPem, _) -> link.send(renewals.renew(node, csrPem));
            }
        }

        private void hello(AgentMessage.Hello hello) {
            database.run(tx -> {
                var known = store.find(tx, node);
                boolean same =
                        known.filter(n -> n.fingerprint().equals(hello.fingerprint())).isPresent()
                                && store.bootId(tx, node).equals(Optional.of(hello.bootId()));
                if (!same) {
                    store.describe(tx, node, hello.bootId(), hello.fingerprint());
                }
            });
            changed(node, Set.of());
        }

        @Override
        public void closed() {
            connections.closed(node, connection);
        }
    }
}
