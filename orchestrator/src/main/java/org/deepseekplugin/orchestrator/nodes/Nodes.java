package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Machines whose agent has joined: lets them in, hears them, tells them what to run, and notices
/// when they fall silent. Heartbeats stay in memory; only transitions are stored. Thread-safe;
/// methods may block for a moment.
public final class Nodes {
    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    private static final Duration HISTORY = Duration.ofDays(7);

    private final Ground ground;
    private final NodeSettings settings;
    private final NodeCertificates certificates;
    private final NodeStore store;
    private final Joining joining;
    private final Renewals renewals;
    private final Connections connections;
    private final LogTails logTails;
    private final Inbox inbox;
    private final ReconcileLoop loop;
    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();

    public Nodes(
            Ground ground,
            Fleet fleet,
            JoinTokens tokens,
            NodeCertificates certificates,
            NodeSettings settings,
            EngineSource engines,
            UsageSink usage) {
        this.ground = ground;
        this.settings = settings;
        this.certificates = certificates;
        store = new NodeStore(ground.surroundings().clock());
        joining = new Joining(ground, fleet, tokens, store, certificates, settings.bootDeadline());
        renewals = new Renewals(ground, store, certificates);
        connections = new Connections(ground.surroundings());
        logTails = new LogTails(ground.surroundings());
        inbox = new Inbox(ground, store, connections, renewals, logTails, usage, this::changed);
        var reconciler =
                new NodeReconciler(
                        ground,
                        store,
                        connections,
                        engines,
                        settings.deadline(),
                        node -> tell(node, Set.of()));
        loop = new ReconcileLoop("nodes", ground.surroundings(), reconciler::reconcile);
        fleet.listen(intent -> wake(Joining.nodeOf(intent.id())));
    }

    /// Before [#start].
    public void listen(NodeListener listener) {
        listeners.add(listener);
    }

    /// Nodes of an earlier process get the whole deadline to dial in again.
    public void start() {
        for (var node : ground.database().read(store::present)) {
            if (node.state().isUsable()) {
                connections.expect(node.id());
            }
            loop.poke(node.id());
        }
        new ReconcileLoop("silence", ground.surroundings(), _ -> Optional.of(watch())).poke("all");
    }

    /// @param token the bearer token of the request
    /// @throws PlatformException `invalid_api_key`, `invalid_request`, or `overloaded`: ask again
    public JoinResponse join(Secret token, JoinRequest request, String remoteAddress) {
        var joined = joining.join(token, request, remoteAddress);
        connections.expect(joined.node());
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
        ground.database()
                .run(tx -> {
                    var known = store.find(tx, node).filter(n -> n.state().isUsable());
                    if (known.isEmpty()) {
                        throw new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "Node " + node + " is not one of ours any more.");
                    }
                    if (known.get().state() == Node.State.JOINED) {
                        store.move(tx, node, Node.State.UP);
                    }
                });
        long connection = connections.connected(node, link);
        changed(node, Set.of());
        return new AgentSession() {
            @Override
            public void receive(AgentMessage message) {
                inbox.receive(node, link, message);
            }

            @Override
            public void closed() {
                connections.closed(node, connection);
            }
        };
    }

    /// Not those that are gone; in the order in which they joined.
    public List<Node> list(String project) {
        return ground.database().read(tx -> store.present(tx, project)).stream()
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

    /// Whether what the node says of its engines is about these: it says nothing for a while after
    /// it was told something new.
    public boolean actsOn(String node, List<EngineSpec> engines) {
        return connections.actsOn(node, engines);
    }

    public void prune(Transaction transaction) {
        store.prune(transaction, ground.now().minus(HISTORY));
    }

    private Duration watch() {
        for (var node : connections.look(settings.deadline(), settings.heartbeat())) {
            log.atWarn().addKeyValue("node", node).log("silent for too long");
            wake(node);
        }
        return settings.heartbeat();
    }

    private void changed(String node, Set<String> replicas) {
        wake(node);
        tell(node, replicas);
    }

    private void tell(String node, Set<String> replicas) {
        listeners.forEach(listener -> listener.changed(node, replicas));
    }

    private Node withLive(Node node) {
        return connections.live(node.id()).map(node::with).orElse(node);
    }
}
