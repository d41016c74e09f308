package org.deepseekplugin.endtoend;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Looks again and again until something holds.
final class Until {
    private static final long LOOK_EVERY_MILLIS = 20;

    /// @param otherwise says how it is when the time is up
    static void holds(
            String what, Duration deadline, BooleanSupplier condition, Supplier<Object> otherwise) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within %s: %s; it is %s".formatted(deadline, what, otherwise.get()));
            }
            moment();
        }
    }

    private static void moment() {
        try {
            var _ = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Until() {}
}
