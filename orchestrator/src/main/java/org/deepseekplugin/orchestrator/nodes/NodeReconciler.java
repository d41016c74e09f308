package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineSpec;

/// Tells one node what to run, or declares it dead, or gone.
final class NodeReconciler {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    /// @param machine empty for a node that is none of the clouds'
    private record Facts(Node node, Optional<Rental.State> machine, List<EngineSpec> engines) {
        boolean isGone() {
            return machine.filter(m -> m == Rental.State.RETURNED || m == Rental.State.LOST)
                    .isPresent();
        }
    }

    private final Ground ground;
    private final NodeStore store;
    private final Connections connections;
    private final EngineSource engines;
    private final Duration deadline;
    private final Consumer<String> ended;

    /// @param deadline only told to people; [Connections] knows who is silent
    /// @param ended told the node after it was declared dead or gone
    NodeReconciler(
            Ground ground,
            NodeStore store,
            Connections connections,
            EngineSource engines,
            Duration deadline,
            Consumer<String> ended) {
        this.ground = ground;
        this.store = store;
        this.connections = connections;
        this.engines = engines;
        this.deadline = deadline;
        this.ended = ended;
    }

    Optional<Duration> reconcile(String id) {
        var facts = ground.database().read(tx -> facts(tx, id));
        if (facts.isEmpty() || facts.get().isGone()) {
            facts.ifPresent(_ -> end(id, this::gone));
            connections.forget(id);
            return Optional.empty();
        }
        if (!facts.get().node().state().isUsable()) {
            connections.forget(id);
        } else if (connections.isSilent(id)) {
            end(id, this::dead);
            connections.forget(id);
        } else {
            connections.send(id, facts.get().engines());
        }
        return Optional.of(LOOK_AGAIN);
    }

    /// Empty once nothing is left to do for the node.
    private Optional<Facts> facts(Transaction transaction, String id) {
        return store.find(transaction, id)
                .filter(node -> node.state() != Node.State.GONE)
                .map(node ->
                        new Facts(
                                node,
                                store.machine(transaction, id),
                                node.instance()
                                        .map(instance -> engines.engines(transaction, instance))
                                        .orElse(List.of())));
    }

    private void end(String id, BiConsumer<Transaction, String> how) {
        ground.database().run(tx -> how.accept(tx, id));
        ended.accept(id);
    }

    private void gone(Transaction transaction, String id) {
        store.move(transaction, id, Node.State.GONE);
    }

    /// Told once. A machine that is being returned falls silent, too; that is no news.
    private void dead(Transaction transaction, String id) {
        var node = store.find(transaction, id).filter(n -> n.state().isUsable());
        if (node.isEmpty()) {
            return;
        }
        store.move(transaction, id, Node.State.DEAD);
        if (store.machine(transaction, id).map(Rental.State::isHeld).orElse(true)) {
            var what = "silent for " + deadline;
            ground.events().append(transaction, node.get().project(), "node.dead", id, what);
        }
    }
}
