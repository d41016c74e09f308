package org.deepseekplugin.server.clouds;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Interrupts calls that take too long.
final class CallDeadlines implements AutoCloseable {
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("call-deadlines").daemon().factory());

    /// Runs the call on this thread; it is interrupted when the time is over, never afterwards.
    <T> T run(Duration deadline, Callable<T> call) throws Exception {
        var guard = new Guard(Thread.currentThread());
        var alarm = timer.schedule(guard::ring, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return call.call();
        } finally {
            alarm.cancel(false);
            guard.leave();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// Keeps a late alarm from hitting whatever the thread does next.
    private static final class Guard {
        private final Thread thread;
        private boolean inside = true;
        private boolean rang;

        private Guard(Thread thread) {
            this.thread = thread;
        }

        synchronized void ring() {
            if (inside) {
                rang = true;
                thread.interrupt();
            }
        }

        /// Our own interrupt is over with the call; anybody else's stays.
        synchronized void leave() {
            inside = false;
            if (rang) {
                Thread.interrupted();
            }
        }
    }
}
