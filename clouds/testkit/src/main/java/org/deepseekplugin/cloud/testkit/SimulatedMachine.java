package org.deepseekplugin.cloud.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.jspecify.annotations.Nullable;

/// One machine, whose state is a function of time. Guarded by its cloud.
final class SimulatedMachine {
    private static final Duration SHUT_DOWN = Duration.ofSeconds(10);

    final InstanceId id;
    final AllocationRequest request;
    private final String address;
    private final Instant launchedAt;
    private final Instant runningAt;

    /// How much later than the truth listings show this machine.
    private final Duration lag;

    private @Nullable Instant endedAt;
    private Duration shutDown = SHUT_DOWN;

    SimulatedMachine(
            InstanceId id,
            AllocationRequest request,
            String address,
            Instant launchedAt,
            Instant runningAt,
            Duration lag) {
        this.id = id;
        this.request = request;
        this.address = address;
        this.launchedAt = launchedAt;
        this.runningAt = runningAt;
        this.lag = lag;
    }

    boolean isLive() {
        return endedAt == null;
    }

    void terminate(Instant now) {
        if (endedAt == null) {
            endedAt = now;
        }
    }

    void vanish(Instant now) {
        terminate(now);
        shutDown = Duration.ZERO;
    }

    Instance at(Instant now) {
        var address =
                now.isBefore(runningAt) ? Optional.<String>empty() : Optional.of(this.address);
        return new Instance(
                id,
                state(now),
                request.zone(),
                request.instanceType(),
                request.market(),
                address,
                Optional.empty(),
                InstanceTags.of(request),
                launchedAt);
    }

    /// As a listing shows it; empty before the machine shows up and after the cloud forgets it.
    Optional<Instance> listed(Instant now, Duration terminatedListedFor) {
        var seen = now.minus(lag);
        boolean forgotten = endedAt != null && seen.isAfter(endedAt.plus(terminatedListedFor));
        return seen.isBefore(launchedAt) || forgotten ? Optional.empty() : Optional.of(at(seen));
    }

    private InstanceState state(Instant now) {
        if (endedAt != null && !now.isBefore(endedAt)) {
            return now.isBefore(endedAt.plus(shutDown))
                    ? InstanceState.TERMINATING
                    : InstanceState.TERMINATED;
        }
        return now.isBefore(runningAt) ? InstanceState.PENDING : InstanceState.RUNNING;
    }
}
