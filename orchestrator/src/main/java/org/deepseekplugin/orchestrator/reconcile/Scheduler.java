package org.deepseekplugin.orchestrator.reconcile;

import java.time.Duration;

/// Runs tasks later. The real one uses virtual threads; a simulation decides itself what runs when.
public interface Scheduler extends AutoCloseable {

    /// Runs the task once, on a thread of its own, after the delay; zero means at once. Tasks run
    /// beside each other and may block. After [#close] nothing starts any more.
    void after(Duration delay, Runnable task);

    /// How long this has run, by a clock that nobody sets: what measures waiting in memory. Times
    /// in the store and towards people come from the wall clock.
    Duration uptime();

    /// Starts nothing any more and waits a moment for what runs.
    @Override
    void close();

    /// Virtual threads, woken by one timer thread.
    static Scheduler virtualThreads(String name) {
        return new VirtualThreads(name);
    }
}
