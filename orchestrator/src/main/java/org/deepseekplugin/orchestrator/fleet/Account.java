package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.Optional;
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

    Account(String cloud, CloudDriver driver, Surroundings surroundings) {
        this.cloud = cloud;
        this.driver = driver;
        this.throttle = new Throttle(surroundings);
    }

    String cloud() {
        return cloud;
    }

    Duration listingLag() {
        return driver.capabilities().listingLag();
    }

    /// @param ask makes the call to the driver it is given, or decides not to
    Turn<Optional<Answer>> allocate(Function<CloudDriver, Optional<Answer>> ask) {
        return turn(() -> ask.apply(driver), answer -> answer.flatMap(Answer::failure));
    }

    /// @throws CloudException when the listing is not complete
    Turn<InstanceListing> list(OwnerTag owner) {
        return turn(() -> driver.list(owner), _ -> Optional.empty());
    }

    Turn<Termination> terminate(InstanceId id) {
        return turn(
                () -> driver.terminate(id),
                answer ->
                        answer instanceof Termination.Refused(var failure)
                                ? Optional.of(failure)
                                : Optional.empty());
    }

    private <T> Turn<T> turn(Supplier<T> call, Function<T, Optional<CloudFailure>> failureOf) {
        var wait = throttle.enter();
        if (wait.isPresent()) {
            return new Later<>(wait.get());
        }
        Optional<CloudFailure> failure = Optional.empty();
        try {
            var answer = call.get();
            failure = failureOf.apply(answer);
            return new Taken<>(answer);
        } catch (CloudException e) {
            failure = Optional.of(e.failure());
            throw e;
        } finally {
            throttle.leave(failure);
        }
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
    }
}
