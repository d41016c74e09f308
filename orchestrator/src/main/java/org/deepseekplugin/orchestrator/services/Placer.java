package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Order;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.placement.Placement;
import org.deepseekplugin.orchestrator.placement.Placement.Decision;
import org.deepseekplugin.orchestrator.placement.Placement.Snapshot;
import org.deepseekplugin.orchestrator.placement.Refusal;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds an offer for a replica that has no machine, and writes down the intent to rent it.
final class Placer {
    private static final Logger log = LoggerFactory.getLogger(Placer.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration AT_LEAST = Duration.ofMillis(100);

    private final Database database;
    private final ServiceStore services;
    private final ReplicaStore replicas;
    private final ModelCatalog catalog;
    private final SpecCheck specs;
    private final Offers offers;
    private final Refusals refusals;
    private final Fleet fleet;
    private final Prices prices;
    private final Surroundings surroundings;

    Placer(
            Database database,
            ServiceStore services,
            ReplicaStore replicas,
            ModelCatalog catalog,
            SpecCheck specs,
            Offers offers,
            Refusals refusals,
            Fleet fleet,
            Prices prices,
            Surroundings surroundings) {
        this.database = database;
        this.services = services;
        this.replicas = replicas;
        this.catalog = catalog;
        this.specs = specs;
        this.offers = offers;
        this.refusals = refusals;
        this.fleet = fleet;
        this.prices = prices;
        this.surroundings = surroundings;
    }

    /// @return when to look at the replica again
    Duration place(Replica replica) {
        record Wish(Service service, List<Refusal> refusals) {}
        var wish =
                database.read(tx ->
                        services.find(tx, replica.service())
                                .map(service -> new Wish(service, refusals.active(tx))));
        if (wish.isEmpty()) {
            return LOOK_AGAIN;
        }
        var service = wish.get().service();
        List<Offer> candidates;
        try {
            candidates = offers.at(specs.places(service.spec()));
        } catch (PlatformException e) {
            // a cloud was switched off since: `where` names nothing any more
            return waiting(replica, e.sentence(), Optional.empty());
        }
        var now = surroundings.now();
        var need = catalog.resolve(service.model()).need();
        var decision =
                Placement.place(
                        new Snapshot(
                                candidates,
                                need,
                                wish.get().refusals(),
                                peerZones(service, replica),
                                prices,
                                now));
        return switch (decision) {
            case Decision.Chosen chosen -> rent(replica, chosen);
            case Decision.Nowhere nowhere ->
                    waiting(replica, nowhere.explained(), nowhere.worthAnotherLook(now));
        };
    }

    private List<String> peerZones(Service service, Replica replica) {
        return database.read(tx ->
                service.replicas().stream()
                        .filter(peer -> !peer.id().equals(replica.id()) && peer.isWanted())
                        .flatMap(peer -> fleet.open(tx, peer.id()).stream())
                        .map(intent -> intent.offer().zone())
                        .toList());
    }

    private Duration rent(Replica replica, Decision.Chosen chosen) {
        log.atInfo()
                .addKeyValue("replica", replica.id())
                .addKeyValue("decision", chosen.explained())
                .log("placed");
        var order = new Order(replica.project(), replica.id(), chosen.offer());
        var intent =
                database.write(tx -> {
                    if (!isStillWaiting(tx, replica.id())) {
                        return Optional.<String>empty();
                    }
                    var id = fleet.rent(tx, order).id();
                    replicas.move(
                            tx,
                            replica.id(),
                            Replica.State.PLACING,
                            "asking " + order.offer().cloud());
                    replicas.placed(tx, replica.id(), chosen.explained());
                    return Optional.of(id);
                });
        intent.ifPresent(fleet::wake);
        return LOOK_AGAIN;
    }

    private boolean isStillWaiting(Transaction transaction, String replica) {
        return replicas.find(transaction, replica).filter(Replica::isWanted).isPresent()
                && fleet.open(transaction, replica).isEmpty();
    }

    private Duration waiting(Replica replica, String why, Optional<Duration> worthAnotherLook) {
        boolean said = replica.state() == Replica.State.PENDING && replica.detail().equals(why);
        if (!said) {
            database.run(tx -> {
                if (isStillWaiting(tx, replica.id())) {
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
