package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.orchestrator.fleet.Account.Turn;
import org.deepseekplugin.orchestrator.fleet.Comparison.Recorded;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists one cloud's machines again and again and acts on each difference from our books. What no
/// intent accounts for is returned: no crash, however unlucky, leaves a machine running for ever.
final class Census {
    private static final Logger log = LoggerFactory.getLogger(Census.class);
    private static final String NOBODYS = "default";

    private final Account account;
    private final Ground ground;
    private final Books books;
    private final Returning returning;
    private final FleetSettings settings;
    private final Consumer<Intent> changed;
    private final Comparison comparison;
    private Set<InstanceId> strays = Set.of();

    /// Many may ask for a round; rounds keep their distance.
    private Duration notBefore = Duration.ZERO;

    /// @param changed told about the intent of each difference, after it was written down
    Census(
            Account account,
            Ground ground,
            Books books,
            Returning returning,
            FleetSettings settings,
            Consumer<Intent> changed) {
        this.account = account;
        this.ground = ground;
        this.books = books;
        this.returning = returning;
        this.settings = settings;
        this.changed = changed;
        this.comparison = new Comparison(account.listingLag());
    }

    /// One round. Called for one cloud by one thread at a time.
    Duration step() {
        var rest = notBefore.minus(ground.uptime());
        if (rest.isPositive()) {
            return rest;
        }
        var begun = ground.uptime();
        notBefore = begun.plus(settings.listSoon());
        return switch (account.list(settings.owner())) {
            case Turn.Later<InstanceListing>(var wait) -> wait;
            case Turn.Taken<InstanceListing>(var listing) -> compare(listing, begun);
        };
    }

    private Duration compare(InstanceListing listing, Duration begun) {
        // read after the listing: an intent is older than its machine
        var recorded = ground.database().read(this::recorded);
        var findings = comparison.compare(recorded, listing, begun, ground.uptime());
        strays(findings);
        findings.forEach(this::act);
        boolean underWay =
                !findings.isEmpty()
                        || comparison.isWaiting()
                        || recorded.intents().stream().anyMatch(Census::underWay);
        return underWay ? settings.listSoon() : settings.listEvery();
    }

    private Recorded recorded(Transaction transaction) {
        var staleBefore = ground.now().minus(settings.tokenLife());
        var intents = books.intents.unclosed(transaction, account.cloud());
        var lapsed =
                intents.stream()
                        .filter(intent -> intent.inDoubt() && intent.state().isAsking())
                        .filter(intent -> intent.createdAt().isBefore(staleBefore))
                        .filter(intent -> !account.isBeingAsked(intent.id()))
                        .toList();
        return new Recorded(intents, books.rentals.present(transaction, account.cloud()), lapsed);
    }

    private static boolean underWay(Intent intent) {
        return intent.inDoubt() || intent.state() == Intent.State.RELEASING;
    }

    private void act(Finding finding) {
        log.atInfo().addKeyValue("finding", finding).log("books and cloud differ");
        switch (finding) {
            case Finding.Found(var intent, var machine) ->
                    write(intent.id(), (tx, now) -> books.received(tx, now, List.of(machine)));
            case Finding.Stray(var machine) ->
                    returning.terminate(account, machine.id().toString(), machine.id());
            case Finding.Lost(var rental, var why, var stillListed) ->
                    write(
                            rental.intent(),
                            (tx, now) -> {
                                if (stillListed) {
                                    books.release(tx, now, why);
                                } else {
                                    books.lost(tx, now, rental.id(), why);
                                }
                            });
            case Finding.Returned(var rental) -> {
                returning.forget(rental.id());
                write(rental.intent(), (tx, now) -> books.returned(tx, now, rental.id()));
            }
            case Finding.Addressed(var rental, var address) ->
                    write(
                            rental.intent(),
                            (tx, _) -> books.rentals.address(tx, rental.id(), address));
            case Finding.NoTrace(var intent) ->
                    write(intent.id(), (tx, now) -> books.leftNoTrace(tx, now, intent.calls()));
        }
    }

    /// Tells of new strays once, and forgets those that are gone.
    private void strays(List<Finding> findings) {
        var now = new HashSet<InstanceId>();
        for (var finding : findings) {
            if (finding instanceof Finding.Stray(var machine) && now.add(machine.id())) {
                if (!strays.contains(machine.id())) {
                    tell(machine.id());
                }
            }
        }
        strays.stream().filter(id -> !now.contains(id)).forEach(returning::forget);
        strays = now;
    }

    private void tell(InstanceId stray) {
        var what = "carries our tag but no intent wants it; it goes back";
        ground.database()
                .run(tx ->
                        ground.events()
                                .append(tx, NOBODYS, "machine.stray", stray.toString(), what));
    }

    private void write(String intent, BiConsumer<Transaction, Intent> step) {
        ground.database()
                .write(tx -> {
                    var current = books.intents.find(tx, intent);
                    current.ifPresent(i -> step.accept(tx, i));
                    return current;
                })
                .ifPresent(changed);
    }
}
