package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.EngineStatus.State;

/// The engines of this node. What is wanted is applied as a whole, any number of times.
///
/// [#apply] and [#close] from one thread; the rest from any, without waiting.
public final class Engines implements AutoCloseable {
    /// The agent is going down: requests get a moment, not their full time.
    private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

    private final Map<String, EngineLauncher> launchers;
    private final EngineFolders folders;
    private final WeightsStore weights;
    private final Supervision supervision;
    private final Runnable changed;
    private final Map<String, SupervisedEngine> engines = new ConcurrentHashMap<>();
    private final List<SupervisedEngine> leaving = new CopyOnWriteArrayList<>();

    /// @param changed called, from any thread, when an engine changes its state
    public Engines(
            List<EngineLauncher> launchers,
            EngineFolders folders,
            WeightsStore weights,
            Supervision supervision,
            Runnable changed) {
        var byName = new HashMap<String, EngineLauncher>();
        launchers.forEach(launcher -> byName.put(launcher.name(), launcher));
        this.launchers = Map.copyOf(byName);
        this.folders = folders;
        this.weights = weights;
        this.supervision = supervision;
        this.changed = changed;
    }

    /// Drains and stops what is not wanted or wanted differently, starts what is missing.
    public void apply(List<EngineSpec> wanted) {
        for (SupervisedEngine engine : List.copyOf(engines.values())) {
            if (!wanted.contains(engine.spec())) {
                engine.stop(supervision.drain());
                leaving.add(engine);
                engines.remove(engine.spec().replica());
            }
        }
        for (EngineSpec spec : wanted) {
            engines.computeIfAbsent(spec.replica(), replica -> started(spec));
        }
    }

    private SupervisedEngine started(EngineSpec spec) {
        var predecessor =
                leaving.stream()
                        .filter(engine -> engine.spec().replica().equals(spec.replica()))
                        .reduce((earlier, later) -> later);
        var engine =
                new SupervisedEngine(
                        spec,
                        launcher(spec),
                        folders.of(spec.replica()),
                        weights,
                        supervision,
                        changed);
        engine.start(predecessor);
        return engine;
    }

    /// An unknown engine fails like one that cannot start: the control plane sees why.
    private EngineLauncher launcher(EngineSpec spec) {
        return launchers.getOrDefault(
                spec.engine(), new UnknownEngine(spec.engine(), launchers.keySet()));
    }

    /// Of all engines, also of those on their way out; each that has stopped is told once.
    public List<EngineStatus> statuses() {
        var statuses = new ArrayList<EngineStatus>();
        engines.values().forEach(engine -> statuses.add(engine.status()));
        var gone = new ArrayList<SupervisedEngine>();
        for (SupervisedEngine engine : leaving) {
            var status = engine.status();
            if (!engines.containsKey(status.replica())) {
                statuses.add(status);
            }
            if (status.state() == State.STOPPED) {
                gone.add(engine);
            }
        }
        leaving.removeAll(gone);
        return statuses;
    }

    /// Where a replica may be called, or how it is instead.
    public Optional<Reach> find(String replica) {
        var engine = engines.get(replica);
        if (engine == null) {
            return Optional.empty();
        }
        var port = engine.port();
        return Optional.of(
                port.isPresent()
                        ? new Reach.At(port.getAsInt())
                        : new Reach.NotReady(engine.status().state()));
    }

    /// Cheap enough for every request.
    public sealed interface Reach {
        /// @param port on 127.0.0.1
        record At(int port) implements Reach {}

        record NotReady(State state) implements Reach {}
    }

    /// Those that run or are on their way out.
    public Set<String> inUse() {
        var replicas = new HashSet<>(engines.keySet());
        leaving.forEach(engine -> replicas.add(engine.spec().replica()));
        return replicas;
    }

    /// Deletes what engines of the past left behind.
    public void tidy() throws IOException {
        folders.tidy(inUse());
        weights.tidy();
    }

    /// The last lines of an engine's output, oldest first.
    public List<String> tail(String replica, int lines) {
        return EngineProcess.log(folders.of(replica)).tail(lines);
    }

    /// Stops all engines; returns when none is left.
    @Override
    public void close() {
        leaving.addAll(engines.values());
        engines.clear();
        leaving.forEach(engine -> engine.stop(LAST_MOMENT));
        try {
            for (SupervisedEngine engine : leaving) {
                engine.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
