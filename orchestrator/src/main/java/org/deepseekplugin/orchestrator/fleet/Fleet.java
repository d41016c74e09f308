package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.platform.store.Transaction;

/// Rents and returns machines. What shall be is written down first ([#rent], [#release], within the
/// caller's transaction); loops then ask the clouds until books and clouds agree, through crashes,
/// lost answers and lagging listings. Thread-safe.
public final class Fleet {
    private static final Duration HISTORY = Duration.ofDays(7);

    /// Of intents that got no machine; where there is no stock there are many.
    private static final Duration REFUSED_HISTORY = Duration.ofDays(1);

    private final Ground ground;
    private final Requests requests;
    private final Books books;
    private final Map<String, Census> censuses = new TreeMap<>();
    private final ReconcileLoop intentLoop;
    private final ReconcileLoop cloudLoop;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();

    public Fleet(
            Ground ground,
            List<Cloud> clouds,
            FleetSettings settings,
            Requests requests,
            Refusals refusals) {
        this.ground = ground;
        this.requests = requests;
        books = new Books(ground, refusals);
        var returning = new Returning(ground.surroundings());
        var accounts = new TreeMap<String, Account>();
        for (var cloud : clouds) {
            var account = new Account(cloud, ground.surroundings(), this::wake);
            accounts.put(cloud.name(), account);
            censuses.put(
                    cloud.name(),
                    new Census(account, ground, books, returning, settings, this::changed));
        }
        var asking = new Asking(ground, books, requests, settings.tokenLife(), this::told);
        cloudLoop = new ReconcileLoop("clouds", ground.surroundings(), this::takeCensus);
        var reconciler =
                new IntentReconciler(
                        ground,
                        books,
                        accounts,
                        asking,
                        returning,
                        settings.bootDeadline(),
                        cloudLoop::poke,
                        this::told);
        intentLoop = new ReconcileLoop("intents", ground.surroundings(), reconciler::reconcile);
    }

    /// Before [#start].
    public void listen(FleetListener listener) {
        listeners.add(listener);
    }

    /// Takes up whatever an earlier process left.
    public void start() {
        ground.database()
                .read(books.intents::unclosed)
                .forEach(intent -> intentLoop.poke(intent.id()));
        censuses.keySet().forEach(cloudLoop::poke);
    }

    /// Decides to rent; [#wake] after the transaction makes it happen soon.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException if the replica has an open
    ///   intent already
    public Intent rent(Transaction transaction, Order order) {
        var id = ground.surroundings().newId("int");
        var now = ground.now();
        int attempt = books.intents.nextAttempt(transaction, order.replica());
        var intent =
                new Intent(
                        id,
                        order.project(),
                        order.replica(),
                        attempt,
                        order.offer(),
                        requests.token(id, order.offer().zone(), attempt),
                        Intent.State.ASKING,
                        false,
                        0,
                        Optional.empty(),
                        now,
                        now);
        books.intents.insert(transaction, intent, requests.oneMachine(order.replica()));
        return intent;
    }

    /// Returns whatever the replica has or may have; [#wake] after the transaction.
    ///
    /// @return the intent to wake
    public Optional<String> release(Transaction transaction, String replica, String why) {
        var open = books.intents.open(transaction, replica);
        open.ifPresent(intent -> books.release(transaction, intent, why));
        return open.map(Intent::id);
    }

    public void wake(String intent) {
        intentLoop.poke(intent);
    }

    public Optional<Intent> open(Transaction transaction, String replica) {
        return books.intents.open(transaction, replica);
    }

    /// Whether the replica has, or may have, machines that are not known to be gone.
    public boolean anyUnsettled(Transaction transaction, String replica) {
        return books.intents.anyUnclosed(transaction, replica);
    }

    public Optional<Intent> intent(Transaction transaction, String id) {
        return books.intents.find(transaction, id);
    }

    public List<Rental> rentals(Transaction transaction, String intent) {
        return books.rentals.ofIntent(transaction, intent);
    }

    public void joined(Transaction transaction, InstanceId machine) {
        books.rentals.move(transaction, machine, Rental.State.JOINED);
    }

    /// Newest first.
    List<Intent> intents(String project, int limit) {
        return ground.database().read(tx -> books.intents.newest(tx, project, limit));
    }

    /// Newest first.
    public List<Rental> instances(String project, int limit) {
        return ground.database().read(tx -> books.rentals.newest(tx, project, limit));
    }

    /// Forgets what ended long ago.
    public void prune(Transaction transaction) {
        books.rentals.prune(transaction, ground.now().minus(HISTORY));
        books.intents.prune(transaction, ground.now().minus(REFUSED_HISTORY));
    }

    private Optional<Duration> takeCensus(String cloud) {
        return Optional.ofNullable(censuses.get(cloud)).map(Census::step);
    }

    private void changed(Intent intent) {
        wake(intent.id());
        told(intent);
    }

    private void told(Intent intent) {
        listeners.forEach(listener -> listener.changed(intent));
    }
}
