package org.deepseekplugin.server.clouds;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many calls an account gets in a time: a token bucket. Who comes too early waits on its own
/// thread.
final class CallBudget {
    private final long nanosEach;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// When the next call may go, were there no burst.
    private long next;

    /// @param burst calls that may go at once after a pause
    CallBudget(int perSecond, int burst, LongSupplier nanoTime) {
        this.nanosEach = Duration.ofSeconds(1).toNanos() / perSecond;
        this.burstNanos = nanosEach * (burst - 1);
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() - burstNanos;
    }

    /// Waits for the caller's turn.
    ///
    /// @throws InterruptedException also when the budget was closed
    void take() throws InterruptedException {
        long wait = reserve();
        if (wait > 0 && closed.await(wait, TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the server is stopping");
        }
    }

    /// @return how long to wait, in nanoseconds; 0 for a call that may go at once
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        next = Math.max(next, now - burstNanos);
        long wait = Math.max(0, next - now);
        next += nanosEach;
        return wait;
    }

    /// Wakes who waits.
    void close() {
        closed.countDown();
    }
}
