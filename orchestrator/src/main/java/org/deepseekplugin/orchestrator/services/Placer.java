package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Order;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.orchestrator.placement.Placement;
import org.deepseekplugin.orchestrator.placement.Placement.Decision;
import org.deepseekplugin.orchestrator.placement.Placement.Snapshot;
import org.deepseekplugin.orchestrator.placement.Refusal;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds an offer for a replica that has no machine, and writes down the intent to rent it.
final class Placer {
    private static final Logger log = LoggerFactory.getLogger(Placer.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration AT_LEAST = Duration.ofMillis(100);

    private final Ground ground;
    private final ServiceStore services;
    private final ReplicaStore replicas;
    private final ModelCatalog catalog;
    private final SpecCheck specs;
    private final Offers offers;
    private final Refusals refusals;
    private final Fleet fleet;

    Placer(
            Ground ground,
            ServiceStore services,
            ReplicaStore replicas,
            ModelCatalog catalog,
            SpecCheck specs,
            Offers offers,
            Refusals refusals,
            Fleet fleet) {
        this.ground = ground;
        this.services = services;
        this.replicas = replicas;
        this.catalog = catalog;
        this.specs = specs;
        this.offers = offers;
        this.refusals = refusals;
        this.fleet = fleet;
    }

    private record Wish(Service service, List<Refusal> refusals, Map<String, Integer> peers) {}

    /// @return when to look at the replica again
    Duration place(Replica replica) {
        var wish = ground.database().read(tx -> wish(tx, replica));
        if (wish.isEmpty()) {
            return LOOK_AGAIN;
        }
        Snapshot snapshot;
        try {
            snapshot = snapshot(wish.get());
        } catch (PlatformException e) {
            // switched off since: `where` names no active cloud, or there is no such model any more
            return waiting(replica, e.sentence(), Optional.empty());
        }
        return switch (Placement.place(snapshot)) {
            case Decision.Chosen chosen -> rent(replica, chosen);
            case Decision.Nowhere nowhere ->
                    waiting(replica, nowhere.explained(), nowhere.worthAnotherLook(snapshot.now()));
        };
    }

    /// Empty if nobody wants it placed any more.
    private Optional<Wish> wish(Transaction transaction, Replica replica) {
        return services.bare(transaction, replica.service())
                .filter(service -> !service.deleting())
                .map(service ->
                        new Wish(
                                service,
                                refusals.active(transaction),
                                replicas.peers(transaction, replica)));
    }

    private Snapshot snapshot(Wish wish) {
        return new Snapshot(
                offers.at(specs.places(wish.service().spec())),
                catalog.resolve(wish.service().model()).need(),
                wish.refusals(),
                wish.peers(),
                offers.prices(),
                ground.now());
    }

    private Duration rent(Replica replica, Decision.Chosen chosen) {
        var why = chosen.explained();
        log.atInfo()
                .addKeyValue("replica", replica.id())
                .addKeyValue("decision", why)
                .log("placed");
        var order = new Order(replica.project(), replica.id(), chosen.offer());
        ground.database()
                .write(tx ->
                        isWaiting(tx, replica)
                                ? Optional.of(rent(tx, order, why))
                                : Optional.<String>empty())
                .ifPresent(fleet::wake);
        return LOOK_AGAIN;
    }

    /// @return the intent
    private String rent(Transaction transaction, Order order, String why) {
        var intent = fleet.rent(transaction, order).id();
        var detail = "asking " + order.offer().cloud();
        replicas.move(transaction, order.replica(), Replica.State.PLACING, detail);
        replicas.placed(transaction, order.replica(), why);
        return intent;
    }

    private boolean isWaiting(Transaction transaction, Replica replica) {
        return replicas.find(transaction, replica.id()).filter(Replica::isWanted).isPresent()
                && services.bare(transaction, replica.service())
                        .filter(service -> !service.deleting())
                        .isPresent()
                && fleet.open(transaction, replica.id()).isEmpty();
    }

    private Duration waiting(Replica replica, String why, Optional<Duration> worthAnotherLook) {
        boolean said = replica.state() == Replica.State.PENDING && replica.detail().equals(why);
        if (!said) {
            ground.database()
                    .run(tx -> {
                        if (isWaiting(tx, replica)) {
                            replicas.move(tx, replica.id(), Replica.State.PENDING, why);
                        }
                    });
        }
        var again = worthAnotherLook.orElse(LOOK_AGAIN);
        if (again.compareTo(LOOK_AGAIN) > 0) {
            return LOOK_AGAIN;
        }
        return again.compareTo(AT_LEAST) < 0 ? AT_LEAST : again;
    }
}
