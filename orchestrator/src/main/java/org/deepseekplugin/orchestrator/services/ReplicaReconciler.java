package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Intent;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineStatus;

/// Brings one replica one step nearer to running, or to being gone.
final class ReplicaReconciler {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(1);

    /// How long a replica that is not wanted may finish what runs.
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /// @param intent the open one
    private record Facts(Replica replica, Optional<Intent> intent, Optional<Node> node) {}

    private final Database database;
    private final ReplicaStore replicas;
    private final Placer placer;
    private final Fleet fleet;
    private final Nodes nodes;
    private final Endpoints endpoints;
    private final Events events;
    private final Surroundings surroundings;
    private final Consumer<String> wakeService;

    ReplicaReconciler(
            Database database,
            ReplicaStore replicas,
            Placer placer,
            Fleet fleet,
            Nodes nodes,
            Endpoints endpoints,
            Events events,
            Surroundings surroundings,
            Consumer<String> wakeService) {
        this.database = database;
        this.replicas = replicas;
        this.placer = placer;
        this.fleet = fleet;
        this.nodes = nodes;
        this.endpoints = endpoints;
        this.events = events;
        this.surroundings = surroundings;
        this.wakeService = wakeService;
    }

    Optional<Duration> reconcile(String id) {
        var facts = database.read(tx -> facts(tx, id));
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        if (!facts.get().replica().isWanted()) {
            return Optional.of(drain(facts.get()));
        }
        return Optional.of(
                facts.get().intent().isEmpty()
                        ? placer.place(facts.get().replica())
                        : follow(facts.get(), facts.get().intent().get()));
    }

    private Optional<Facts> facts(Transaction transaction, String id) {
        return replicas.find(transaction, id)
                .map(replica ->
                        new Facts(
                                replica,
                                fleet.open(transaction, id),
                                replica.instance().flatMap(i -> nodes.ofInstance(transaction, i))));
    }

    private Duration follow(Facts facts, Intent intent) {
        if (intent.state() == Intent.State.ASKING) {
            become(
                    facts,
                    Replica.State.PLACING,
                    intent.failure().orElse("asking " + intent.cloud()));
        } else if (facts.node().isEmpty()) {
            become(facts, Replica.State.BOOTING, "waiting for the agent of " + machine(facts));
        } else if (facts.node().get().state().isUsable()) {
            engine(facts, facts.node().get());
        } else {
            return replace(facts, facts.node().get());
        }
        return LOOK_AGAIN;
    }

    private void engine(Facts facts, Node node) {
        nodes.wake(node.id());
        var live = node.live();
        if (live.isEmpty() || live.get().host().isEmpty()) {
            // not heard in this process: a replica that was ready is believed to be
            if (facts.replica().state() != Replica.State.READY) {
                become(facts, Replica.State.STARTING, "waiting for the first heartbeat");
            }
            return;
        }
        var engine = live.get().engine(facts.replica().id());
        if (engine.isEmpty()) {
            become(facts, Replica.State.STARTING, "the agent has yet to start the engine");
        } else {
            become(facts, state(engine.get().state()), engine.get().detail());
        }
    }

    private static Replica.State state(EngineStatus.State engine) {
        return switch (engine) {
            case PULLING -> Replica.State.PULLING;
            case STARTING, STOPPED, DRAINING -> Replica.State.STARTING;
            case READY -> Replica.State.READY;
            case FAILED -> Replica.State.FAILED;
        };
    }

    /// Its node is dead: the machine goes back, the next step rents another.
    private Duration replace(Facts facts, Node node) {
        var why = "node " + node.id() + " is dead";
        var intent =
                database.write(tx -> {
                    move(tx, facts.replica(), Replica.State.LOST, why);
                    return fleet.release(tx, facts.replica().id(), why);
                });
        intent.ifPresent(fleet::wake);
        endpoints.wake();
        return SOON;
    }

    private Duration drain(Facts facts) {
        endpoints.wake();
        facts.node().map(Node::id).ifPresent(nodes::wake);
        var waited = Duration.between(facts.replica().updatedAt(), surroundings.now());
        if (facts.intent().isPresent() && isBusy(facts) && waited.compareTo(DRAIN) < 0) {
            return DRAIN.minus(waited);
        }
        var id = facts.replica().id();
        var intent = database.write(tx -> fleet.release(tx, id, "not wanted any more"));
        intent.ifPresent(fleet::wake);
        boolean gone =
                database.write(tx -> {
                    boolean settled = !fleet.anyUnsettled(tx, id);
                    if (settled) {
                        replicas.delete(tx, id);
                    }
                    return settled;
                });
        if (gone) {
            wakeService.accept(facts.replica().service());
        }
        return gone ? SOON : LOOK_AGAIN;
    }

    private static boolean isBusy(Facts facts) {
        return facts.node()
                .filter(node -> node.state().isUsable())
                .flatMap(Node::live)
                .flatMap(live -> live.engine(facts.replica().id()))
                .filter(engine -> engine.state() != EngineStatus.State.STOPPED)
                .isPresent();
    }

    private void become(Facts facts, Replica.State state, String detail) {
        var replica = facts.replica();
        // details of a pull change all the time; only transitions are worth a commit
        if (replica.state() != state) {
            database.run(tx -> move(tx, replica, state, detail));
            endpoints.wake();
        }
    }

    private void move(Transaction transaction, Replica before, Replica.State state, String detail) {
        var current = replicas.find(transaction, before.id());
        if (current.filter(r -> r.state() == before.state()).isEmpty()) {
            return;
        }
        replicas.move(transaction, before.id(), state, detail);
        if (state == Replica.State.READY
                || state == Replica.State.FAILED
                || before.state() == Replica.State.READY) {
            var kind = "replica." + state.name().toLowerCase(java.util.Locale.ROOT);
            events.append(transaction, before.project(), kind, before.id(), detail);
        }
    }

    private static String machine(Facts facts) {
        return facts.replica().instance().orElse("its machine");
    }
}
