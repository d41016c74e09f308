package org.deepseekplugin.orchestrator.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.time.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a piece of work for keys: never twice at once for one key, again if the key was poked
/// meanwhile, and again after the time that the work itself names. Pokes may be lost or doubled;
/// the work compares what is wanted with what is, so it does not matter. Thread-safe.
public final class ReconcileLoop {
    private static final Logger log = LoggerFactory.getLogger(ReconcileLoop.class);

    private static final Duration MOST = Duration.ofMinutes(1);

    /// Brings one key nearer to what is wanted. May block and may throw: then it runs again later.
    public interface Work {
        /// @return when to look again if nobody pokes; empty when nothing is left to do for the key
        Optional<Duration> reconcile(String key);
    }

    private static final class Key {
        boolean queued;
        boolean running;
        boolean poked;
        int failures;
        long timer;
    }

    private final String name;
    private final Scheduler scheduler;
    private final Work work;
    private final Backoff backoff;
    private final Map<String, Key> keys = new HashMap<>();

    public ReconcileLoop(String name, Surroundings surroundings, Work work) {
        this.name = name;
        this.scheduler = surroundings.scheduler();
        this.work = work;
        this.backoff = new Backoff(Duration.ofSeconds(1), MOST, surroundings.random());
    }

    /// Something may have changed for the key: look at it soon.
    public synchronized void poke(String key) {
        var state = keys.computeIfAbsent(key, _ -> new Key());
        if (state.running) {
            state.poked = true;
        } else if (!state.queued) {
            enqueue(key, state);
        }
    }

    private void enqueue(String key, Key state) {
        state.queued = true;
        state.timer++;
        scheduler.after(Duration.ZERO, () -> run(key, state));
    }

    private void run(String key, Key state) {
        synchronized (this) {
            state.queued = false;
            state.running = true;
            state.poked = false;
        }
        // stands if the work ends by an error: whatever happens, the key is looked at again
        var again = Optional.of(MOST);
        try {
            again = attempt(key, state);
        } finally {
            ended(key, state, again);
        }
    }

    private synchronized void ended(String key, Key state, Optional<Duration> again) {
        state.running = false;
        if (state.poked) {
            enqueue(key, state);
        } else if (again.isEmpty()) {
            keys.remove(key);
        } else {
            long timer = ++state.timer;
            scheduler.after(again.get(), () -> wake(key, state, timer));
        }
    }

    private Optional<Duration> attempt(String key, Key state) {
        try {
            var again = work.reconcile(key);
            state.failures = 0;
            return again;
        } catch (RuntimeException e) {
            var wait = backoff.after(++state.failures);
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("loop", name)
                    .addKeyValue("key", key)
                    .addKeyValue("again", wait)
                    .log("reconcile failed, trying again");
            return Optional.of(wait);
        }
    }

    private synchronized void wake(String key, Key state, long timer) {
        if (state.timer == timer && !state.queued && !state.running) {
            enqueue(key, state);
        }
    }
}
