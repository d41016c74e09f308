package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks again and again until something holds.
public final class Until {
    private static final int DEADLINE_SECONDS = 30;
    private static final int LOOK_EVERY_MILLIS = 20;

    public static void holds(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("not within %d s", DEADLINE_SECONDS).isLessThan(end);
            var _ = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Until() {}
}
