package org.deepseekplugin.orchestrator.fleet;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.THROTTLED;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.time.Backoff;

/// One account's budget of calls. After the cloud said "too many", everybody waits; then one call
/// tries, and only when it gets through do the others follow, in the order in which they came. So
/// neither the calls nor the visits here grow with the time that jobs wait. Thread-safe, never
/// blocks.
final class Throttle {
    private static final int AT_ONCE = 8;
    private static final int CROWD_MILLIS = 1_000;

    /// Those who wait are woken when it is their turn; this is for when that gets lost.
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    sealed interface Entry {
        /// Call, and hand the pass back to [#leave], whatever happens.
        ///
        /// @param round how often the gate was closed before
        record Pass(long round) implements Entry {}

        record Later(Duration delay) implements Entry {}
    }

    /// What came of a pass.
    sealed interface Outcome {
        /// No call was made, or no answer came.
        record Silence() implements Outcome {}

        record Answered() implements Outcome {}

        record Failed(CloudFailure failure) implements Outcome {}
    }

    private final Surroundings surroundings;
    private final Consumer<String> wake;
    private final Backoff backoff;
    private final Set<String> waiting = new LinkedHashSet<>();
    private int inFlight;
    private int throttled;
    private long round;
    private Duration closedUntil = Duration.ZERO;

    /// @param wake told whose turn it is
    Throttle(Surroundings surroundings, Consumer<String> wake) {
        this.surroundings = surroundings;
        this.wake = wake;
        this.backoff =
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), surroundings.random());
    }

    synchronized Entry enter(String who) {
        var entry = enterFirst();
        if (entry instanceof Entry.Pass && inFlight > atOnce()) {
            inFlight--;
            waiting.add(who);
            return new Entry.Later(FORGOTTEN.plus(jitter()));
        }
        return entry;
    }

    /// For the one call that all others depend on: waits while the cloud says so, but in no queue.
    synchronized Entry enterFirst() {
        var now = surroundings.uptime();
        if (now.compareTo(closedUntil) < 0) {
            return new Entry.Later(closedUntil.minus(now).plus(jitter()));
        }
        inFlight++;
        return new Entry.Pass(round);
    }

    void leave(Entry.Pass pass, Outcome outcome) {
        left(pass, outcome).forEach(wake);
    }

    /// @return whose turn it is now
    private synchronized List<String> left(Entry.Pass pass, Outcome outcome) {
        inFlight--;
        return switch (outcome) {
            case Outcome.Failed(var failure) when failure.kind() == THROTTLED -> {
                close(pass, failure);
                yield List.of();
            }
            case Outcome.Failed _, Outcome.Answered() -> {
                boolean opens = throttled > 0;
                throttled = 0;
                yield next(opens ? AT_ONCE - inFlight : 1);
            }
            case Outcome.Silence() -> next(1);
        };
    }

    private List<String> next(int places) {
        var next = waiting.stream().limit(Math.max(places, 0)).toList();
        next.forEach(waiting::remove);
        return next;
    }

    private void close(Entry.Pass pass, CloudFailure tooMany) {
        var now = surroundings.uptime();
        // a crowd that set out together was told once, not many times in a row
        if (pass.round() == round) {
            throttled++;
            round++;
        }
        var wait = backoff.after(throttled);
        var wanted = tooMany.retryAfter().orElse(Duration.ZERO);
        var until = now.plus(wait.compareTo(wanted) > 0 ? wait : wanted);
        closedUntil = until.compareTo(closedUntil) > 0 ? until : closedUntil;
    }

    private int atOnce() {
        return throttled > 0 ? 1 : AT_ONCE;
    }

    private Duration jitter() {
        return Duration.ofMillis(1 + surroundings.random().nextInt(CROWD_MILLIS));
    }
}
