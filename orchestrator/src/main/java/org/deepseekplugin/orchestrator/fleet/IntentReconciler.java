package org.deepseekplugin.orchestrator.fleet;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.UNAVAILABLE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one intent nearer to its end: asks for its machine, waits until that has joined, gives it
/// back.
final class IntentReconciler {
    private static final Logger log = LoggerFactory.getLogger(IntentReconciler.class);
    private static final Duration CLOUD_IS_OFF = Duration.ofMinutes(1);
    private static final Duration NOW = Duration.ofMillis(1);

    /// @param rentals none while the cloud has yet to answer
    private record Facts(Intent intent, List<Rental> rentals) {
        List<Rental> in(Rental.State state) {
            return rentals.stream().filter(rental -> rental.state() == state).toList();
        }
    }

    private final Ground ground;
    private final Books books;
    private final Map<String, Account> accounts;
    private final Asking asking;
    private final Returning returning;
    private final Duration bootDeadline;
    private final Consumer<String> wakeCensus;
    private final Consumer<Intent> changed;

    /// @param accounts by cloud
    /// @param bootDeadline a machine that has not joined by then goes back
    /// @param wakeCensus told a cloud whose listing is wanted soon
    /// @param changed told about the intent after something was written down
    IntentReconciler(
            Ground ground,
            Books books,
            Map<String, Account> accounts,
            Asking asking,
            Returning returning,
            Duration bootDeadline,
            Consumer<String> wakeCensus,
            Consumer<Intent> changed) {
        this.ground = ground;
        this.books = books;
        this.accounts = accounts;
        this.asking = asking;
        this.returning = returning;
        this.bootDeadline = bootDeadline;
        this.wakeCensus = wakeCensus;
        this.changed = changed;
    }

    Optional<Duration> reconcile(String id) {
        var facts = ground.database().read(tx -> facts(tx, id));
        if (facts.isEmpty() || facts.get().intent().state() == Intent.State.CLOSED) {
            return Optional.empty();
        }
        var account = accounts.get(facts.get().intent().cloud());
        return Optional.of(account == null ? cloudIsOff(facts.get()) : step(account, facts.get()));
    }

    private Optional<Facts> facts(Transaction transaction, String id) {
        return books.intents
                .find(transaction, id)
                .map(intent ->
                        new Facts(
                                intent,
                                intent.state().isAsking()
                                        ? List.of()
                                        : books.rentals.ofIntent(transaction, id)));
    }

    private Duration step(Account account, Facts facts) {
        return switch (facts.intent().state()) {
            case ASKING, WITHDRAWN -> asking.step(account, facts.intent());
            case HELD -> held(account, facts);
            case RELEASING -> giveBack(account, facts);
            case CLOSED -> NOW;
        };
    }

    private Duration cloudIsOff(Facts facts) {
        if (facts.intent().state().isAsking() && !facts.intent().inDoubt()) {
            return asking.giveUp(facts.intent(), "its cloud is not active any more");
        }
        log.atWarn()
                .addKeyValue("intent", facts.intent().id())
                .addKeyValue("cloud", facts.intent().cloud())
                .log("its cloud is not active, so it cannot be settled");
        return CLOUD_IS_OFF;
    }

    private Duration held(Account account, Facts facts) {
        var again = giveBack(account, facts);
        var booting = facts.in(Rental.State.BOOTING);
        if (booting.isEmpty()) {
            return again;
        }
        var deadline = booting.getFirst().createdAt().plus(bootDeadline);
        var left = Duration.between(ground.now(), deadline);
        if (left.isPositive()) {
            return left.compareTo(again) < 0 ? left : again;
        }
        ground.database().run(tx -> neverJoined(tx, facts.intent().id(), booting.getFirst().id()));
        changed.accept(facts.intent());
        return NOW;
    }

    private void neverJoined(Transaction transaction, String id, InstanceId machine) {
        boolean stillBooting =
                books.rentals
                        .find(transaction, machine)
                        .filter(rental -> rental.state() == Rental.State.BOOTING)
                        .isPresent();
        if (stillBooting) {
            var failure =
                    new CloudFailure(
                            UNAVAILABLE,
                            new FailureScope.OneRequest(),
                            "BootDeadline",
                            "its agent did not join within " + bootDeadline);
            books.intents
                    .find(transaction, id)
                    .ifPresent(intent -> books.neverJoined(transaction, intent, failure));
        }
    }

    private Duration giveBack(Account account, Facts facts) {
        var leaving = facts.in(Rental.State.RELEASING);
        if (!leaving.isEmpty()) {
            wakeCensus.accept(account.cloud());
        }
        return returning.step(account, leaving);
    }
}
