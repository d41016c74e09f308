package org.deepseekplugin.orchestrator.reconcile;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class VirtualThreads implements Scheduler {
    private static final Logger log = LoggerFactory.getLogger(VirtualThreads.class);
    private static final long GRACE_SECONDS = 5;

    private final long startedAt = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService threads;

    VirtualThreads(String name) {
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name(name + "-timer").daemon().factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual()
                                .name(name + "-", 0)
                                .uncaughtExceptionHandler((thread, e) ->
                                        log.atError().setCause(e).log("a task failed"))
                                .factory());
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            if (delay.isZero()) {
                threads.execute(task);
            } else {
                var _ =
                        timer.schedule(
                                () -> threads.execute(task),
                                delay.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            log.atDebug().log("closing; a task was not started");
        }
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
