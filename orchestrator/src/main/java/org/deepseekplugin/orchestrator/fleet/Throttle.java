package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.time.Backoff;

/// One account's budget of calls. After the cloud said "too many", everybody waits; then one call
/// tries, and only when it gets through do the others follow. So the number of calls does not grow
/// with the number of waiting jobs. Thread-safe, never blocks.
final class Throttle {
    private static final int AT_ONCE = 8;
    private static final int CROWD_MILLIS = 1_000;

    private final Surroundings surroundings;
    private final Backoff backoff;
    private int inFlight;
    private int throttled;
    private Instant closedUntil = Instant.MIN;

    Throttle(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.backoff =
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), surroundings.random());
    }

    /// Empty: go, and call [#leave] afterwards, whatever happens. Otherwise come back later.
    synchronized Optional<Duration> enter() {
        var now = surroundings.now();
        if (now.isBefore(closedUntil)) {
            return Optional.of(Duration.between(now, closedUntil).plus(jitter()));
        }
        if (inFlight >= (throttled > 0 ? 1 : AT_ONCE)) {
            return Optional.of(jitter());
        }
        inFlight++;
        return Optional.empty();
    }

    synchronized void leave(Optional<CloudFailure> failure) {
        inFlight--;
        var tooMany = failure.filter(f -> f.kind() == CloudFailure.Kind.THROTTLED);
        if (tooMany.isEmpty()) {
            throttled = 0;
            return;
        }
        var wait = backoff.after(++throttled);
        var wanted = tooMany.get().retryAfter().orElse(Duration.ZERO);
        var until = surroundings.now().plus(wait.compareTo(wanted) > 0 ? wait : wanted);
        closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
    }

    private Duration jitter() {
        return Duration.ofMillis(1 + surroundings.random().nextInt(CROWD_MILLIS));
    }
}
