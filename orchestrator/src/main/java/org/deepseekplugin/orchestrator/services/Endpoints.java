package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.platform.store.Transaction;

/// Where requests can be sent, as immutable snapshots: readers never wait and never see half a
/// change. After a restart the replicas that were ready are there at once; their machines lived on.
public final class Endpoints {
    private static final String ALL = "all";
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /// When many replicas change at once, one snapshot tells of them all.
    private static final Duration APART = Duration.ofMillis(20);

    private final Ground ground;
    private final ServiceStore services;
    private final ReplicaStore replicas;
    private final ReconcileLoop loop;
    private final List<Consumer<EndpointSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private Duration notBefore = Duration.ZERO;
    private volatile EndpointSnapshot current = new EndpointSnapshot(0, List.of(), List.of());

    Endpoints(Ground ground, ServiceStore services, ReplicaStore replicas) {
        this.ground = ground;
        this.services = services;
        this.replicas = replicas;
        this.loop = new ReconcileLoop("endpoints", ground.surroundings(), _ -> refresh());
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
        var rest = notBefore.minus(ground.uptime());
        if (rest.isPositive()) {
            return Optional.of(rest);
        }
        notBefore = ground.uptime().plus(APART);
        var next = ground.database().read(this::read);
        if (!next.ready().equals(current.ready()) || !next.served().equals(current.served())) {
            current = next;
            listeners.forEach(listener -> listener.accept(next));
        }
        return Optional.of(LOOK_AGAIN);
    }

    private EndpointSnapshot read(Transaction transaction) {
        return new EndpointSnapshot(
                current.revision() + 1, replicas.ready(transaction), services.served(transaction));
    }
}
