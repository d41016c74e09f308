package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.orchestrator.fleet.Account.Turn.Later;
import org.deepseekplugin.orchestrator.fleet.Account.Turn.Taken;
import org.deepseekplugin.orchestrator.fleet.Throttle.Entry;
import org.deepseekplugin.orchestrator.fleet.Throttle.Outcome;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;

/// One cloud account: its driver, and whose turn it is to call.
final class Account {

    /// A call that was made, or one that must wait.
    sealed interface Turn<T> {
        record Taken<T>(T answer) implements Turn<T> {}

        record Later<T>(Duration delay) implements Turn<T> {}
    }

    private final String cloud;
    private final CloudDriver driver;
    private final Throttle throttle;
    private final Set<String> beingAsked = ConcurrentHashMap.newKeySet();

    /// @param wake told the intent whose turn it is
    Account(Cloud cloud, Surroundings surroundings, Consumer<String> wake) {
        this.cloud = cloud.name();
        this.driver = cloud.driver();
        this.throttle = new Throttle(surroundings, wake);
    }

    String cloud() {
        return cloud;
    }

    Duration listingLag() {
        return driver.capabilities().listingLag();
    }

    /// @param ask makes the call to the driver it is given, or decides not to
    Turn<Optional<Answer>> allocate(String intent, Function<CloudDriver, Optional<Answer>> ask) {
        return turn(
                throttle.enter(intent),
                () -> asked(intent, ask),
                answer -> answer.map(Answer::outcome).orElse(new Outcome.Silence()));
    }

    private Optional<Answer> asked(String intent, Function<CloudDriver, Optional<Answer>> ask) {
        beingAsked.add(intent);
        try {
            return ask.apply(driver);
        } finally {
            beingAsked.remove(intent);
        }
    }

    /// Whether a call is under way, of which anything may come.
    boolean isBeingAsked(String intent) {
        return beingAsked.contains(intent);
    }

    /// @throws CloudException when the listing is not complete
    Turn<InstanceListing> list(OwnerTag owner) {
        return turn(throttle.enterFirst(), () -> driver.list(owner), _ -> new Outcome.Answered());
    }

    /// @param intent that the machine was rented for
    Turn<Termination> terminate(String intent, InstanceId id) {
        return turn(
                throttle.enter(intent),
                () -> driver.terminate(id),
                answer ->
                        switch (answer) {
                            case Termination.Accepted(), Termination.AlreadyGone() ->
                                    new Outcome.Answered();
                            case Termination.Refused(var failure) -> new Outcome.Failed(failure);
                            case Termination.Unknown _ -> new Outcome.Silence();
                        });
    }

    private <T> Turn<T> turn(Entry entry, Supplier<T> call, Function<T, Outcome> outcomeOf) {
        return switch (entry) {
            case Entry.Later(var delay) -> new Later<>(delay);
            case Entry.Pass pass -> {
                Outcome outcome = new Outcome.Silence();
                try {
                    var answer = call.get();
                    outcome = outcomeOf.apply(answer);
                    yield new Taken<>(answer);
                } catch (CloudException e) {
                    outcome = new Outcome.Failed(e.failure());
                    throw e;
                } finally {
                    throttle.leave(pass, outcome);
                }
            }
        };
    }

    /// @param doubted whether an earlier call with this token was never answered
    record Answer(Intent intent, boolean doubted, AllocationResult result) {
        Optional<CloudFailure> failure() {
            return switch (result) {
                case AllocationResult.Refused(var failure) -> Optional.of(failure);
                case AllocationResult.Partial(_, var failure) -> Optional.of(failure);
                case AllocationResult.Allocated _, AllocationResult.Unknown _ -> Optional.empty();
            };
        }

        Outcome outcome() {
            return result instanceof AllocationResult.Unknown
                    ? new Outcome.Silence()
                    : failure().<Outcome>map(Outcome.Failed::new).orElse(new Outcome.Answered());
        }
    }
}
