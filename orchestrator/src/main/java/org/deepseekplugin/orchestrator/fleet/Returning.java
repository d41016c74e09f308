package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.orchestrator.fleet.Account.Turn;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.time.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives machines back, again and again until the cloud's listing shows them gone (which [Census]
/// writes down).
final class Returning {
    private static final Logger log = LoggerFactory.getLogger(Returning.class);
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final Duration AGAIN_AT_LEAST = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Backoff backoff;
    private final Map<InstanceId, Duration> nextCall = new ConcurrentHashMap<>();
    private final Map<InstanceId, Integer> failures = new ConcurrentHashMap<>();

    Returning(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.backoff =
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), surroundings.random());
    }

    /// @param rentals those to be returned
    /// @return when to look again
    Duration step(Account account, List<Rental> rentals) {
        var soonest = QUIET;
        for (var rental : rentals) {
            var again = terminate(account, rental.intent(), rental.id());
            soonest = again.compareTo(soonest) < 0 ? again : soonest;
        }
        return soonest;
    }

    /// Also for machines that are not in our books.
    ///
    /// @param who whose turn it is to call, see [Throttle#enter]
    Duration terminate(Account account, String who, InstanceId id) {
        var now = surroundings.uptime();
        var next = nextCall.getOrDefault(id, now);
        if (now.compareTo(next) < 0) {
            return next.minus(now);
        }
        return switch (account.terminate(who, id)) {
            case Turn.Later<Termination>(var later) -> later;
            case Turn.Taken<Termination>(var answer) -> {
                var wait = answered(account, id, answer);
                nextCall.put(id, surroundings.uptime().plus(wait));
                yield wait;
            }
        };
    }

    /// The machine is gone: nothing need be remembered of it.
    void forget(InstanceId id) {
        nextCall.remove(id);
        failures.remove(id);
    }

    private Duration answered(Account account, InstanceId id, Termination answer) {
        log.atInfo().addKeyValue("machine", id).addKeyValue("answer", answer).log("returning");
        return switch (answer) {
            case Termination.Accepted(), Termination.AlreadyGone() -> {
                failures.remove(id);
                var lag = account.listingLag().multipliedBy(2);
                yield lag.compareTo(AGAIN_AT_LEAST) > 0 ? lag : AGAIN_AT_LEAST;
            }
            case Termination.Refused _, Termination.Unknown _ ->
                    backoff.after(failures.merge(id, 1, Integer::sum));
        };
    }
}
