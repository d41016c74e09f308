package org.deepseekplugin.emulator;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.emulator.machines.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what is due on a few threads of its own. What fails is logged, the rest goes on.
final class Later implements Timer, AutoCloseable {
    private static final int THREADS = 4;
    private static final Logger log = LoggerFactory.getLogger(Later.class);

    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(
                    THREADS, Thread.ofPlatform().name("machines-", 0).daemon().factory());

    @Override
    public void after(Duration delay, Runnable work) {
        try {
            var _ = threads.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("closed; nothing is scheduled any more");
        }
    }

    void every(Duration period, Runnable work) {
        var _ =
                threads.scheduleWithFixedDelay(
                        guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!threads.isShutdown()) {
                    log.atError().setCause(e).log("scheduled work failed");
                }
            }
        };
    }
}
