package org.deepseekplugin.engine.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// The requests that are in the engine, by the id that came with them. A retry may share its
/// predecessor's id. Thread-safe.
final class Runs {
    private final ConcurrentHashMap<String, Set<Run>> runs = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /// @throws PlatformException `shutting_down` while draining
    void add(String request, Run run) {
        if (draining) {
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN, "This replica is draining; try another one.");
        }
        runs.computeIfAbsent(request, any -> ConcurrentHashMap.newKeySet()).add(run);
    }

    void remove(String request, Run run) {
        runs.computeIfPresent(
                request,
                (id, set) -> {
                    set.remove(run);
                    return set.isEmpty() ? null : set;
                });
    }

    /// @return whether there was one
    boolean cancel(String request) {
        var found = List.copyOf(runs.getOrDefault(request, Set.of()));
        found.forEach(Run::cancel);
        return !found.isEmpty();
    }

    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    int size() {
        return runs.values().stream().mapToInt(Set::size).sum();
    }
}
