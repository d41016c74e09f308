package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.fleet.Account.Answer;
import org.deepseekplugin.orchestrator.fleet.Account.Turn;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.platform.time.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the cloud for an intent's machines, with the same request, until it has answered. Before
/// each call the intent is marked as in doubt; only an answer that settles it takes the mark away.
final class Asking {
    private static final Logger log = LoggerFactory.getLogger(Asking.class);

    /// Looked at again at once: the step changed something.
    private static final Duration NOW = Duration.ofMillis(1);

    private final Database database;
    private final Books books;
    private final Tokens tokens;
    private final JoinTokens joinTokens;
    private final FleetSettings settings;
    private final Surroundings surroundings;
    private final Backoff backoff;

    Asking(
            Database database,
            Books books,
            Tokens tokens,
            JoinTokens joinTokens,
            FleetSettings settings,
            Surroundings surroundings) {
        this.database = database;
        this.books = books;
        this.tokens = tokens;
        this.joinTokens = joinTokens;
        this.settings = settings;
        this.surroundings = surroundings;
        this.backoff =
                new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), surroundings.random());
    }

    /// @return when to look at the intent again
    Duration step(Account account, Intent intent) {
        if (intent.inDoubt() && !tokenIsFresh(intent)) {
            // the cloud may have forgotten the token; the next listing settles it
            return settings.listEvery();
        }
        if (!intent.inDoubt() && intent.state() == Intent.State.WITHDRAWN) {
            database.run(tx -> books.intents.move(tx, intent.id(), Intent.State.CLOSED));
            return NOW;
        }
        return switch (account.allocate(driver -> call(driver, intent.id()))) {
            case Turn.Later<Optional<Answer>>(var wait) -> wait;
            case Turn.Taken<Optional<Answer>>(var answer) -> answer.map(this::write).orElse(NOW);
        };
    }

    private boolean tokenIsFresh(Intent intent) {
        return surroundings.now().isBefore(intent.createdAt().plus(settings.tokenLife()));
    }

    private Optional<Answer> call(CloudDriver driver, String id) {
        return database.write(tx -> markedIntent(tx, id))
                .map(marked ->
                        new Answer(
                                marked.intent(), marked.intent().inDoubt(), ask(driver, marked)));
    }

    /// @param intent as it was before the mark
    private record Marked(Intent intent, FrozenRequest request) {}

    private Optional<Marked> markedIntent(Transaction transaction, String id) {
        var intent = books.intents.find(transaction, id).filter(Asking::isAsking);
        intent.ifPresent(_ -> books.intents.called(transaction, id));
        return intent.map(i -> new Marked(i, books.intents.request(transaction, id)));
    }

    private AllocationResult ask(CloudDriver driver, Marked marked) {
        var request = marked.request().request(marked.intent(), tokens, joinTokens);
        try {
            return driver.allocate(request);
        } catch (RuntimeException e) {
            // a driver must not throw here; if it does, nobody knows what the cloud did
            log.atError().setCause(e).addKeyValue("intent", request.intent()).log("driver failed");
            return new AllocationResult.Unknown(e.toString());
        }
    }

    private Duration write(Answer answer) {
        log.atInfo()
                .addKeyValue("intent", answer.intent().id())
                .addKeyValue("zone", answer.intent().offer().zone())
                .addKeyValue("answer", answer.result().getClass().getSimpleName())
                .addKeyValue("failure", answer.failure().map(Books::sentence).orElse(""))
                .log("asked for a machine");
        return database.write(tx ->
                books.intents
                        .find(tx, answer.intent().id())
                        .map(current -> write(tx, current, answer))
                        .orElse(NOW));
    }

    private Duration write(Transaction transaction, Intent intent, Answer answer) {
        switch (answer.result()) {
            case AllocationResult.Allocated(var machines) ->
                    books.received(transaction, intent, machines);
            case AllocationResult.Partial(var machines, var failure) ->
                    books.fewer(transaction, intent, machines, failure);
            case AllocationResult.Refused refused when isAsking(intent) -> {
                return refused(
                        transaction,
                        intent,
                        answer.doubted() && !refused.settles(),
                        refused.failure());
            }
            case AllocationResult.Refused _ -> {}
            case AllocationResult.Unknown(var reason) -> {
                books.intents.said(transaction, intent.id(), "no answer: " + reason);
                return backoff.after(Math.max(1, intent.calls()));
            }
        }
        return NOW;
    }

    private Duration refused(
            Transaction transaction, Intent intent, boolean inDoubt, CloudFailure failure) {
        boolean throttled = failure.kind() == CloudFailure.Kind.THROTTLED;
        if (inDoubt) {
            books.intents.said(transaction, intent.id(), Books.sentence(failure));
            return throttled ? NOW : backoff.after(Math.max(1, intent.calls()));
        }
        if (throttled) {
            // the account waits, not this intent: it takes its turn when the throttle opens
            books.intents.settled(transaction, intent.id(), Books.sentence(failure));
            return NOW;
        }
        books.refused(transaction, intent, failure);
        return NOW;
    }

    private static boolean isAsking(Intent intent) {
        return intent.state() == Intent.State.ASKING || intent.state() == Intent.State.WITHDRAWN;
    }
}
