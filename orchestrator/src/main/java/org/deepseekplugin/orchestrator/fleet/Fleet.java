package org.deepseekplugin.orchestrator.fleet;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.UNAVAILABLE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.orchestrator.bootstrap.AgentBootstrap;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rents and returns machines. What shall be is written down first ([#rent], [#release], within the
/// caller's transaction); loops then ask the clouds until books and clouds agree, through crashes,
/// lost answers and lagging listings. Thread-safe.
public final class Fleet {
    private static final Logger log = LoggerFactory.getLogger(Fleet.class);
    private static final Duration CLOUD_IS_OFF = Duration.ofMinutes(1);

    private final Database database;
    private final Surroundings surroundings;
    private final FleetSettings settings;
    private final Tokens tokens;
    private final AgentBootstrap bootstrap;
    private final Books books;
    private final Asking asking;
    private final Returning returning;
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Census> censuses = new TreeMap<>();
    private final ReconcileLoop intentLoop;
    private final ReconcileLoop cloudLoop;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();

    public Fleet(
            Database database,
            List<Cloud> clouds,
            FleetSettings settings,
            Tokens tokens,
            JoinTokens joinTokens,
            AgentBootstrap bootstrap,
            Refusals refusals,
            Events events,
            Surroundings surroundings) {
        this.database = database;
        this.surroundings = surroundings;
        this.settings = settings;
        this.tokens = tokens;
        this.bootstrap = bootstrap;
        var clock = surroundings.clock();
        books = new Books(new IntentStore(clock), new RentalStore(clock), refusals, events);
        asking = new Asking(database, books, tokens, joinTokens, settings, surroundings);
        returning = new Returning(surroundings);
        for (var cloud : clouds) {
            var account = new Account(cloud.name(), cloud.driver(), surroundings);
            accounts.put(cloud.name(), account);
            censuses.put(
                    cloud.name(),
                    new Census(
                            account,
                            database,
                            books,
                            returning,
                            events,
                            settings,
                            surroundings,
                            this::changed));
        }
        intentLoop = new ReconcileLoop("intents", surroundings, this::reconcileIntent);
        cloudLoop =
                new ReconcileLoop(
                        "clouds",
                        surroundings,
                        cloud -> Optional.ofNullable(censuses.get(cloud)).map(Census::step));
    }

    /// Before [#start].
    public void listen(FleetListener listener) {
        listeners.add(listener);
    }

    /// Takes up whatever an earlier process left.
    public void start() {
        database.read(books.intents::unclosed).forEach(intent -> intentLoop.poke(intent.id()));
        accounts.keySet().forEach(cloudLoop::poke);
    }

    /// Decides to rent; [#wake] after the transaction makes it happen soon.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException if the replica has an open
    ///   intent already
    public Intent rent(Transaction transaction, Order order) {
        var id = surroundings.newId("int");
        var now = surroundings.now();
        int attempt = books.intents.nextAttempt(transaction, order.replica());
        var intent =
                new Intent(
                        id,
                        order.project(),
                        order.replica(),
                        attempt,
                        order.offer(),
                        tokens.token(id, order.offer().zone(), attempt),
                        Intent.State.ASKING,
                        false,
                        0,
                        Optional.empty(),
                        now,
                        now);
        var request =
                FrozenRequest.oneMachine(settings.owner(), bootstrap.template(), order.replica());
        books.intents.insert(transaction, intent, request);
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
    public List<Intent> intents(String project, int limit) {
        return database.read(tx -> books.intents.newest(tx, project, limit));
    }

    /// Newest first.
    public List<Rental> instances(String project, int limit) {
        return database.read(tx -> books.rentals.newest(tx, project, limit));
    }

    /// Forgets what ended long ago.
    public void prune(Transaction transaction) {
        var before = surroundings.now().minus(Duration.ofDays(7));
        books.rentals.prune(transaction, before);
        books.intents.prune(transaction, before);
    }

    private Optional<Duration> reconcileIntent(String id) {
        record View(Intent intent, List<Rental> rentals) {}
        var view =
                database.read(tx ->
                        books.intents
                                .find(tx, id)
                                .map(i -> new View(i, books.rentals.ofIntent(tx, id))));
        if (view.isEmpty()) {
            return Optional.empty();
        }
        var intent = view.get().intent();
        var account = accounts.get(intent.cloud());
        if (account == null) {
            log.atWarn()
                    .addKeyValue("intent", id)
                    .addKeyValue("cloud", intent.cloud())
                    .log("its cloud is not active, so it cannot be settled");
            return Optional.of(CLOUD_IS_OFF);
        }
        return switch (intent.state()) {
            case ASKING, WITHDRAWN -> Optional.of(asked(account, intent));
            case HELD -> Optional.of(held(account, intent, view.get().rentals()));
            case RELEASING -> Optional.of(returning(account, view.get().rentals()));
            case CLOSED -> Optional.empty();
        };
    }

    private Duration asked(Account account, Intent intent) {
        var again = asking.step(account, intent);
        listeners.forEach(listener -> listener.changed(intent.replica()));
        return again;
    }

    private Duration held(Account account, Intent intent, List<Rental> rentals) {
        var again = returning(account, rentals);
        var late = rentals.stream().filter(r -> r.state() == Rental.State.BOOTING).findFirst();
        if (late.isEmpty()) {
            return again;
        }
        var deadline = late.get().createdAt().plus(settings.bootDeadline());
        var left = Duration.between(surroundings.now(), deadline);
        if (left.isPositive()) {
            return left.compareTo(again) < 0 ? left : again;
        }
        database.run(tx -> neverJoined(tx, intent.id(), late.get().id()));
        listeners.forEach(listener -> listener.changed(intent.replica()));
        return Duration.ofMillis(1);
    }

    private void neverJoined(Transaction transaction, String id, InstanceId machine) {
        boolean stillBooting =
                books.rentals
                        .find(transaction, machine)
                        .filter(r -> r.state() == Rental.State.BOOTING)
                        .isPresent();
        if (stillBooting) {
            var failure =
                    new CloudFailure(
                            UNAVAILABLE,
                            new FailureScope.OneRequest(),
                            "BootDeadline",
                            "its agent did not join within " + settings.bootDeadline());
            books.intents
                    .find(transaction, id)
                    .ifPresent(intent -> books.neverJoined(transaction, intent, failure));
        }
    }

    private Duration returning(Account account, List<Rental> rentals) {
        var leaving = rentals.stream().filter(r -> r.state() == Rental.State.RELEASING).toList();
        if (!leaving.isEmpty()) {
            cloudLoop.poke(account.cloud());
        }
        return returning.step(account, leaving);
    }

    private void changed(Intent intent) {
        intentLoop.poke(intent.id());
        listeners.forEach(listener -> listener.changed(intent.replica()));
    }
}
