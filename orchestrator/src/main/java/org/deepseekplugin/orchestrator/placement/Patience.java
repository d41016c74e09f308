package org.deepseekplugin.orchestrator.placement;

import java.time.Duration;
import org.deepseekplugin.cloud.spi.CloudFailure;

/// How long a refusal holds: `first`, doubled each time it comes again, up to `most`.
///
/// | kind | first | most | why |
/// |---|---|---|---|
/// | capacity | 2 min | 30 min | stock of one type in one zone comes back in minutes, or not today |
/// | quota | 5 min | 1 h | changes when machines are returned or a person asks for more |
/// | throttled | 1 s | 1 min | the account's budget refills in seconds |
/// | auth, billing | 1 min | 15 min | a person repairs it and wants to see it work soon |
/// | invalid, not found | 10 min | 6 h | repeating is useless until something is changed |
/// | unavailable | 15 s | 5 min | clouds recover by themselves |
///
/// The figures are ours; a cloud that says how long to wait is obeyed where that is longer.
record Patience(Duration first, Duration most) {

    static Patience with(CloudFailure.Kind kind) {
        return switch (kind) {
            case CAPACITY -> new Patience(Duration.ofMinutes(2), Duration.ofMinutes(30));
            case QUOTA -> new Patience(Duration.ofMinutes(5), Duration.ofHours(1));
            case THROTTLED -> new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1));
            case AUTH, BILLING -> new Patience(Duration.ofMinutes(1), Duration.ofMinutes(15));
            case INVALID, NOT_FOUND -> new Patience(Duration.ofMinutes(10), Duration.ofHours(6));
            case UNAVAILABLE -> new Patience(Duration.ofSeconds(15), Duration.ofMinutes(5));
        };
    }

    /// @param times in a row, at least 1
    Duration after(int times) {
        long ceiling = first.toMillis() << Math.min(times - 1, 20);
        return Duration.ofMillis(Math.min(ceiling, most.toMillis()));
    }
}
