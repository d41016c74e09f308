package org.deepseekplugin.emulator.machines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the journal adds up to. Every change is written before it is believed.
///
/// Not thread-safe; [Machines] holds the lock.
final class Registry implements AutoCloseable {
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, Launch> byToken = new HashMap<>();
    private final Map<String, Launch> launches = new LinkedHashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Limits limits;
    private final Journal journal;

    Registry(Path file, Limits limits) throws IOException {
        this.limits = limits;
        this.journal = Journal.open(file, this::apply);
    }

    /// Durable when this returns.
    void commit(Entry entry) {
        journal.append(entry, true);
        apply(entry);
    }

    /// Written, but the power must not fail; for what can be found out again.
    void note(Entry entry) {
        journal.append(entry, false);
        apply(entry);
    }

    Collection<Machine> machines() {
        return machines.values();
    }

    Optional<Machine> machine(String id) {
        return Optional.ofNullable(machines.get(id));
    }

    Optional<Launch> launchOf(String tokenKey) {
        return Optional.ofNullable(byToken.get(tokenKey));
    }

    Collection<Launch> launches() {
        return launches.values();
    }

    List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    Limits limits() {
        return limits;
    }

    /// Machines are forgotten, their launches never.
    void forget(Machine machine) {
        machines.remove(machine.id());
    }

    private void apply(Entry entry) {
        switch (entry) {
            case Entry.Launched(var launch) -> launched(launch);
            case Entry.Changed(var id, var step) ->
                    machines.computeIfPresent(id, (key, machine) -> machine.entered(step));
            case Entry.Noticed(var id, var at) ->
                    machines.computeIfPresent(id, (key, machine) -> machine.evictedAt(at));
            case Entry.Tagged(var ids, var tags) -> ids.forEach(id -> tag(id, tags));
            case Entry.CapacitySet(var zone, var type, var count) ->
                    limits.capacity(zone, type, count);
            case Entry.QuotaSet(var family, var vcpus) -> limits.quota(family, vcpus);
            case Entry.ResourcePut(var resource) -> resources.put(resource.key(), resource);
            case Entry.ResourceDeleted(var resource) -> resources.remove(resource.key());
        }
    }

    private void launched(Launch launch) {
        launches.put(launch.id(), launch);
        launch.tokenKey().ifPresent(key -> byToken.put(key, launch));
        var pending = List.of(new Transition(launch.at(), MachineState.PENDING, Reason.NONE));
        for (int i = 0; i < launch.machines().size(); i++) {
            var machine = new Machine(launch, i, pending, launch.order().tags(), Optional.empty());
            machines.put(machine.id(), machine);
        }
    }

    private void tag(String id, Map<String, String> tags) {
        machines.computeIfPresent(
                id,
                (key, machine) -> {
                    var all = new HashMap<>(machine.tags());
                    all.putAll(tags);
                    return machine.tagged(all);
                });
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
