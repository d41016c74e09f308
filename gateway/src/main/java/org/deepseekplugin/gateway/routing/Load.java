package org.deepseekplugin.gateway.routing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Calls in flight per endpoint, as this gateway sees them. Thread-safe.
public final class Load {
    private final ConcurrentHashMap<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    public void started(String endpoint) {
        calls.computeIfAbsent(endpoint, _ -> new AtomicInteger()).incrementAndGet();
    }

    public void ended(String endpoint) {
        @Nullable AtomicInteger count = calls.get(endpoint);
        if (count != null) {
            count.decrementAndGet();
        }
    }

    public int inFlight(String endpoint) {
        @Nullable AtomicInteger count = calls.get(endpoint);
        return count == null ? 0 : count.get();
    }

    /// Forgets endpoints that no longer exist and that nobody calls.
    public void retain(Set<String> endpoints) {
        calls.entrySet()
                .removeIf(entry ->
                        entry.getValue().get() == 0 && !endpoints.contains(entry.getKey()));
    }
}
