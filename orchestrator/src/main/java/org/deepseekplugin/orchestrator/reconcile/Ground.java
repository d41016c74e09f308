package org.deepseekplugin.orchestrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.platform.store.Database;

/// What every part stands on: the store, the log of what happened, and time, chance and threads.
public record Ground(Database database, Events events, Surroundings surroundings) {

    public static Ground of(Database database, Surroundings surroundings) {
        return new Ground(database, new Events(database, surroundings.clock()), surroundings);
    }

    public Instant now() {
        return surroundings.now();
    }

    /// [Scheduler#uptime].
    public Duration uptime() {
        return surroundings.uptime();
    }
}
