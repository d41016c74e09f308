package org.deepseekplugin.gateway.routing;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Endpoints that just failed, left out of the choice for a short time that doubles with each
/// failure in a row. Concerns this gateway only: whether a node is dead is for others to say.
/// Thread-safe.
public final class Ejections {
    private final Duration first;
    private final Duration longest;
    private final Clock clock;
    private final ConcurrentHashMap<String, Ejection> ejected = new ConcurrentHashMap<>();

    private record Ejection(int failures, long untilMillis) {}

    public Ejections(Duration first, Duration longest, Clock clock) {
        this.first = first;
        this.longest = longest;
        this.clock = clock;
    }

    public void failed(String endpoint) {
        long now = clock.millis();
        ejected.merge(
                endpoint,
                new Ejection(1, now + first.toMillis()),
                (before, fresh) -> again(before, now));
    }

    /// Calls that fail together count once: only a failure after the ejection's end lengthens it.
    private Ejection again(Ejection before, long now) {
        if (now < before.untilMillis()) {
            return before;
        }
        int failures = Math.min(before.failures() + 1, 30);
        long pause = Math.min(first.toMillis() << (failures - 1), longest.toMillis());
        return new Ejection(failures, now + pause);
    }

    public void succeeded(String endpoint) {
        if (!ejected.isEmpty()) {
            ejected.remove(endpoint);
        }
    }

    public boolean none() {
        return ejected.isEmpty();
    }

    public boolean isEjected(String endpoint) {
        @Nullable Ejection ejection = ejected.get(endpoint);
        return ejection != null && clock.millis() < ejection.untilMillis();
    }

    /// Forgets endpoints that no longer exist.
    public void retain(Set<String> endpoints) {
        ejected.keySet().retainAll(endpoints);
    }
}
