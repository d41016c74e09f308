package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.nodes.NodeStore.Held;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineSpec;

/// Tells one node what to run, or declares it dead, or gone.
final class NodeReconciler {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private record Facts(Held held, List<EngineSpec> engines) {}

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
        if (facts.isEmpty() || facts.get().held().isGone()) {
            facts.ifPresent(_ -> end(id, this::gone));
            connections.forget(id);
            return Optional.empty();
        }
        if (!facts.get().held().node().state().isUsable()) {
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
        return store.held(transaction, id)
                .filter(held -> held.node().state() != Node.State.GONE)
                .map(held -> new Facts(held, engines(transaction, held.node())));
    }

    private List<EngineSpec> engines(Transaction transaction, Node node) {
        return node.instance()
                .map(instance -> engines.engines(transaction, instance))
                .orElse(List.of());
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
        var held = store.held(transaction, id).filter(h -> h.node().state().isUsable());
        if (held.isEmpty()) {
            return;
        }
        store.move(transaction, id, Node.State.DEAD);
        if (held.get().isHeld()) {
            var project = held.get().node().project();
            ground.events().append(transaction, project, "node.dead", id, "silent for " + deadline);
        }
    }
}
