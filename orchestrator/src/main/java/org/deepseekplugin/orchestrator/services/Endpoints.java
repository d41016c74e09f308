package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.services.EndpointSnapshot.ReadyReplica;
import org.deepseekplugin.orchestrator.services.EndpointSnapshot.Served;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// Where requests can be sent, as immutable snapshots: readers never wait and never see half a
/// change. After a restart the replicas that were ready are there at once; their machines lived on.
public final class Endpoints {
    private static final String ALL = "all";
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Database database;
    private final ServiceStore services;
    private final ReplicaStore replicas;
    private final Nodes nodes;
    private final ReconcileLoop loop;
    private final List<Consumer<EndpointSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile EndpointSnapshot current = new EndpointSnapshot(0, List.of(), List.of());

    Endpoints(
            Database database,
            ServiceStore services,
            ReplicaStore replicas,
            Nodes nodes,
            Surroundings surroundings) {
        this.database = database;
        this.services = services;
        this.replicas = replicas;
        this.nodes = nodes;
        this.loop = new ReconcileLoop("endpoints", surroundings, _ -> refresh());
    }

    public EndpointSnapshot snapshot() {
        return current;
    }

    /// Called with every new snapshot, in order, one at a time; must not block.
    public void listen(Consumer<EndpointSnapshot> listener) {
        listeners.add(listener);
        listener.accept(current);
    }

    void wake() {
        loop.poke(ALL);
    }

    private Optional<Duration> refresh() {
        var next = database.read(this::read);
        if (!next.ready().equals(current.ready()) || !next.served().equals(current.served())) {
            current = next;
            listeners.forEach(listener -> listener.accept(next));
        }
        return Optional.of(LOOK_AGAIN);
    }

    private EndpointSnapshot read(Transaction transaction) {
        var ready = new ArrayList<ReadyReplica>();
        var served = new ArrayList<Served>();
        for (var service : services.bare(transaction)) {
            if (service.deleting()) {
                continue;
            }
            served.add(new Served(service.name(), service.project(), service.model()));
            for (var replica : replicas.ofService(transaction, service.id())) {
                if (replica.state() == Replica.State.READY) {
                    endpoint(transaction, service, replica).ifPresent(ready::add);
                }
            }
        }
        return new EndpointSnapshot(current.revision() + 1, ready, served);
    }

    private Optional<ReadyReplica> endpoint(
            Transaction transaction, Service service, Replica replica) {
        return replica.instance()
                .flatMap(instance -> nodes.ofInstance(transaction, instance))
                .filter(node -> node.state() == Node.State.UP)
                .map(node ->
                        new ReadyReplica(
                                replica.id(),
                                service.name(),
                                service.project(),
                                service.model(),
                                node.id(),
                                node.fingerprint().dataHost(),
                                node.fingerprint().dataPort()));
    }
}
