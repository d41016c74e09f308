package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Intent;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStatus;

/// Brings one replica one step nearer to running, or to being gone.
final class ReplicaReconciler {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofMillis(1);

    /// How long a replica that is not wanted may finish what runs.
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /// @param intent the open one
    /// @param engines what its machine is to run
    private record Facts(
            Replica replica,
            Optional<Intent> intent,
            Optional<Node> node,
            List<EngineSpec> engines) {}

    private final Ground ground;
    private final ReplicaStore replicas;
    private final Placer placer;
    private final DesiredEngines engines;
    private final Fleet fleet;
    private final Nodes nodes;
    private final Endpoints endpoints;
    private final Consumer<String> wakeService;

    ReplicaReconciler(
            Ground ground,
            ReplicaStore replicas,
            Placer placer,
            DesiredEngines engines,
            Fleet fleet,
            Nodes nodes,
            Endpoints endpoints,
            Consumer<String> wakeService) {
        this.ground = ground;
        this.replicas = replicas;
        this.placer = placer;
        this.engines = engines;
        this.fleet = fleet;
        this.nodes = nodes;
        this.endpoints = endpoints;
        this.wakeService = wakeService;
    }

    Optional<Duration> reconcile(String id) {
        var facts = ground.database().read(tx -> facts(tx, id));
        return facts.flatMap(f -> f.replica().isWanted() ? Optional.of(follow(f)) : drain(f));
    }

    private Optional<Facts> facts(Transaction transaction, String id) {
        return replicas.find(transaction, id)
                .map(replica ->
                        new Facts(
                                replica,
                                fleet.open(transaction, id),
                                replica.instance().flatMap(i -> nodes.ofInstance(transaction, i)),
                                replica.instance().isEmpty()
                                        ? List.of()
                                        : engines.of(transaction, replica)));
    }

    private Duration follow(Facts facts) {
        if (facts.intent().isEmpty()) {
            return withoutMachine(facts);
        }
        var intent = facts.intent().get();
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
        return facts.replica().state() == Replica.State.READY ? SETTLED : LOOK_AGAIN;
    }

    private Duration withoutMachine(Facts facts) {
        if (facts.replica().state().hasMachine()) {
            become(facts, Replica.State.LOST, "its machine is gone");
            return SOON;
        }
        return placer.place(facts.replica());
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
        if (!nodes.actsOn(node.id(), facts.engines())) {
            // what it says is about an earlier wish
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
                ground.database()
                        .write(tx -> {
                            move(tx, facts.replica(), Replica.State.LOST, why);
                            return fleet.release(tx, facts.replica().id(), why);
                        });
        intent.ifPresent(fleet::wake);
        endpoints.wake();
        return SOON;
    }

    /// @return when to look again; empty when it is gone
    private Optional<Duration> drain(Facts facts) {
        endpoints.wake();
        facts.node().map(Node::id).ifPresent(nodes::wake);
        var waited = Duration.between(facts.replica().updatedAt(), ground.now());
        if (facts.intent().isPresent() && isBusy(facts) && waited.compareTo(DRAIN) < 0) {
            var rest = DRAIN.minus(waited);
            return Optional.of(rest.compareTo(DRAIN) < 0 ? rest : DRAIN);
        }
        var id = facts.replica().id();
        record End(Optional<String> intent, boolean settled) {}
        var end =
                ground.database()
                        .write(tx -> {
                            var intent = fleet.release(tx, id, "not wanted any more");
                            boolean settled = !fleet.anyUnsettled(tx, id);
                            if (settled) {
                                replicas.delete(tx, id);
                            }
                            return new End(intent, settled);
                        });
        end.intent().ifPresent(fleet::wake);
        if (end.settled()) {
            wakeService.accept(facts.replica().service());
            return Optional.empty();
        }
        return Optional.of(LOOK_AGAIN);
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
        // details of a pull change all the time; these tell why nothing happens
        boolean explains = state == Replica.State.PLACING || state == Replica.State.FAILED;
        boolean news = explains && !replica.detail().equals(detail);
        if (replica.state() != state || news) {
            ground.database().run(tx -> move(tx, replica, state, detail));
            endpoints.wake();
        }
    }

    private void move(Transaction transaction, Replica before, Replica.State state, String detail) {
        var current = replicas.find(transaction, before.id());
        if (current.filter(r -> r.state() == before.state()).isEmpty()) {
            return;
        }
        replicas.move(transaction, before.id(), state, detail);
        if (state != before.state() && isNews(before.state(), state)) {
            var kind = "replica." + state.name().toLowerCase(Locale.ROOT);
            ground.events().append(transaction, before.project(), kind, before.id(), detail);
        }
    }

    private static boolean isNews(Replica.State before, Replica.State now) {
        return switch (now) {
            case READY, FAILED, LOST -> true;
            default -> before == Replica.State.READY;
        };
    }

    private static String machine(Facts facts) {
        return facts.replica().instance().orElse("its machine");
    }
}
