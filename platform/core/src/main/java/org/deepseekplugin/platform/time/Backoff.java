package org.deepseekplugin.platform.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after failures in a row: doubling from `first` up to `most`, the upper half of
/// it at random, so that a crowd that failed together does not come back together.
public record Backoff(Duration first, Duration most, RandomGenerator random) {

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff from " + first + " to " + most);
        }
    }

    /// @param failures in a row, at least 1
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, 30);
        long ceiling = Math.min(first.toMillis() << doublings, most.toMillis());
        return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }
}
