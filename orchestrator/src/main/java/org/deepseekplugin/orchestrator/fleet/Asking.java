package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.orchestrator.fleet.Account.Answer;
import org.deepseekplugin.orchestrator.fleet.Account.Turn;
import org.deepseekplugin.orchestrator.reconcile.Ground;
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

    private static final Duration STALE = Duration.ofSeconds(30);

    private final Ground ground;
    private final Books books;
    private final Requests requests;
    private final Duration tokenLife;
    private final Consumer<Intent> changed;
    private final Backoff backoff;

    /// @param changed told about the intent after something was written down
    Asking(
            Ground ground,
            Books books,
            Requests requests,
            Duration tokenLife,
            Consumer<Intent> changed) {
        this.ground = ground;
        this.books = books;
        this.requests = requests;
        this.tokenLife = tokenLife;
        this.changed = changed;
        this.backoff =
                new Backoff(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        ground.surroundings().random());
    }

    /// @return when to look at the intent again
    Duration step(Account account, Intent intent) {
        if (intent.inDoubt() && !tokenIsFresh(intent)) {
            // the cloud may have forgotten the token; the next listing settles it
            return STALE;
        }
        if (!intent.inDoubt() && intent.state() == Intent.State.WITHDRAWN) {
            return giveUp(intent, intent.failure().orElse(""));
        }
        return switch (account.allocate(intent.id(), driver -> call(driver, intent.id()))) {
            case Turn.Later<Optional<Answer>>(var wait) -> wait;
            case Turn.Taken<Optional<Answer>>(var answer) -> {
                var again = answer.map(this::write).orElse(NOW);
                changed.accept(intent);
                yield again;
            }
        };
    }

    /// Closes an intent that nothing was asked for, or that the cloud said no to for certain.
    Duration giveUp(Intent intent, String why) {
        ground.database().run(tx -> books.neverAsked(tx, intent.id(), why));
        changed.accept(intent);
        return NOW;
    }

    private boolean tokenIsFresh(Intent intent) {
        return ground.now().isBefore(intent.createdAt().plus(tokenLife));
    }

    private Optional<Answer> call(CloudDriver driver, String id) {
        return ground.database()
                .write(tx -> marked(tx, id))
                .map(marked ->
                        new Answer(
                                marked.intent(), marked.intent().inDoubt(), ask(driver, marked)));
    }

    /// @param intent as it was before the mark
    private record Marked(Intent intent, FrozenRequest request) {}

    /// Empty if there is no need to ask any more.
    private Optional<Marked> marked(Transaction transaction, String id) {
        var intent = books.intents.find(transaction, id).filter(i -> i.state().isAsking());
        var refusal =
                intent.filter(i -> !i.inDoubt())
                        .flatMap(i -> books.refusedMeanwhile(transaction, i));
        if (refusal.isPresent()) {
            books.neverAsked(transaction, id, "not asked: " + refusal.get().brief());
            return Optional.empty();
        }
        intent.ifPresent(_ -> books.intents.called(transaction, id));
        return intent.map(i -> new Marked(i, books.intents.request(transaction, id)));
    }

    private AllocationResult ask(CloudDriver driver, Marked marked) {
        var request = requests.whole(marked.intent(), marked.request());
        try {
            var answer = driver.allocate(request);
            return answer instanceof AllocationResult.Allocated(var machines) && machines.isEmpty()
                    ? new AllocationResult.Unknown("the driver names no machine")
                    : answer;
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
        return ground.database()
                .write(tx ->
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
            case AllocationResult.Refused refused when intent.state().isAsking() -> {
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
}
