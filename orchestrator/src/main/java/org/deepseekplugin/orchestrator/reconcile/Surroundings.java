package org.deepseekplugin.orchestrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/// Time, chance and threads: all that makes a program differ from a function. A simulation replaces
/// the three and runs the same twice.
///
/// @param random used from many threads; a `SecureRandom` outside tests
public record Surroundings(InstantSource clock, RandomGenerator random, Scheduler scheduler) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 12;

    /// To the millisecond, as the store keeps it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// [Scheduler#uptime].
    public Duration uptime() {
        return scheduler.uptime();
    }

    /// A new id such as `rep-k3x9m2q7wz1a`: fit for DNS names, tokens and tags.
    public String newId(String prefix) {
        var id = new StringBuilder(prefix).append('-');
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
