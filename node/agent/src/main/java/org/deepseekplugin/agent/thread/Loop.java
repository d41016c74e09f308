package org.deepseekplugin.agent.thread;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that runs tasks one after another; tasks may block. A task that fails is logged and
/// does not end what comes after it. After [#close] new tasks are dropped.
public final class Loop implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final ScheduledThreadPoolExecutor thread;

    public Loop(String name) {
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofVirtual().name(name).factory(), new DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(guarded(task));
    }

    public void after(Duration delay, Runnable task) {
        var _ = thread.schedule(guarded(task), delay.toMillis(), MILLISECONDS);
    }

    /// Runs a task again and again, with a pause after each run.
    public void every(Duration pause, Runnable task) {
        var _ =
                thread.scheduleWithFixedDelay(
                        guarded(task), pause.toMillis(), pause.toMillis(), MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("a task failed");
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
