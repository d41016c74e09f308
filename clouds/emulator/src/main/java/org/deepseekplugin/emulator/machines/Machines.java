package org.deepseekplugin.emulator.machines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.MachineType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machines of all emulated clouds. Thread-safe; calls may wait for the disk, so keep them off
/// event loops.
public final class Machines implements AutoCloseable {
    /// What a machine's processes get to end by themselves when it is terminated.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// Until the next try to write on a full disk.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Machines.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Registry registry;
    private final Launcher launcher;
    private final Map<String, Catalogue> catalogues;
    private final MachineHost host;
    private final Timer timer;
    private final Duration bootDelay;
    private final InstantSource clock;
    private boolean closed;

    /// @param file the journal
    /// @param limits capacity and quota to begin with; what was set at run time before wins
    /// @param catalogues by cloud
    public Machines(
            Path file,
            Limits limits,
            Map<String, Catalogue> catalogues,
            MachineHost host,
            Addresses addresses,
            Timer timer,
            Duration bootDelay,
            InstantSource clock)
            throws IOException {
        this.registry = new Registry(file, limits);
        this.catalogues = Map.copyOf(catalogues);
        this.launcher = new Launcher(registry, this.catalogues, addresses, clock);
        this.host = host;
        this.timer = timer;
        this.bootDelay = bootDelay;
        this.clock = clock;
    }

    /// Boots again what ran when the last process died, and ends what was about to end.
    public void resume() {
        for (var machine : list()) {
            switch (machine.state()) {
                case PENDING, RUNNING -> {
                    bootLater(machine.id());
                    machine.evictionAt().ifPresent(at -> evictAt(machine.id(), at));
                }
                case SHUTTING_DOWN -> halt(machine, Duration.ZERO);
                case TERMINATED -> {}
            }
        }
    }

    /// The answer is in the launch book, on the disk, before this returns.
    public LaunchResult launch(LaunchOrder order, Naming naming) {
        var result = locked(() -> launcher.launch(order, naming, false));
        if (result instanceof LaunchResult.Launched(var launch)) {
            launch.machines().forEach(placed -> bootLater(placed.id()));
        }
        return result;
    }

    /// What [#launch] would answer.
    public LaunchResult rehearse(LaunchOrder order, Naming naming) {
        return locked(() -> launcher.launch(order, naming, true));
    }

    /// All that are listed, oldest first.
    public List<Machine> list() {
        return locked(() -> {
            var now = clock.instant();
            var gone = registry.machines().stream().filter(one -> !isListed(one, now)).toList();
            gone.forEach(registry::forget);
            gone.forEach(machine -> host.forget(machine.id()));
            return List.copyOf(registry.machines());
        });
    }

    public Optional<Machine> find(String id) {
        return locked(() -> registry.machine(id).filter(one -> isListed(one, clock.instant())));
    }

    public List<Launch> launches() {
        return locked(() -> List.copyOf(registry.launches()));
    }

    /// Ends a machine as its owner asked. Nothing happens to one that is ending or has ended.
    public void terminate(String id) {
        end(id, Reason.REQUESTED, GRACE);
    }

    /// Ends a machine as a failing host does: at once, for everything in it.
    public void kill(String id) {
        end(id, Reason.HOST_FAILED, Duration.ZERO);
    }

    /// Announces that the spot market takes the machine back, and takes it then.
    public void evict(String id, Duration notice) {
        var at = clock.instant().plus(notice);
        locked(() -> {
            registry.commit(new Entry.Noticed(id, at));
            return at;
        });
        evictAt(id, at);
    }

    public void tag(List<String> ids, Map<String, String> tags) {
        commit(new Entry.Tagged(ids, tags));
    }

    /// @param zone,type `*` for all
    public void setCapacity(String zone, String type, int count) {
        commit(new Entry.CapacitySet(zone, type, count));
    }

    /// @param family `*` for all
    public void setQuota(String family, int vcpus) {
        commit(new Entry.QuotaSet(family, vcpus));
    }

    public List<Resource> resources() {
        return locked(registry::resources);
    }

    /// Makes it, or replaces the one of the same name.
    public void put(Resource resource) {
        commit(new Entry.ResourcePut(resource));
    }

    public void delete(Resource resource) {
        commit(new Entry.ResourceDeleted(resource));
    }

    /// Stops believing and writing. Machines stay in the journal as they are.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            registry.close();
        } finally {
            lock.unlock();
        }
    }

    private void bootLater(String id) {
        timer.after(bootDelay, () -> untilWritten(() -> boot(id)));
    }

    private void boot(String id) {
        var booting =
                locked(() -> {
                    var machine = registry.machine(id).filter(one -> one.state().isWanted());
                    machine.filter(one -> one.state() == MachineState.PENDING)
                            .ifPresent(one -> registry.note(running(id)));
                    return machine;
                });
        booting.ifPresent(this::boot);
    }

    private void boot(Machine machine) {
        var id = machine.id();
        try {
            host.boot(machine, type(machine), () -> untilWritten(() -> kill(id)));
        } catch (UncheckedIOException e) {
            log.atError().addKeyValue("machine", id).setCause(e).log("boot failed");
            untilWritten(() -> kill(id));
        }
    }

    /// What has happened must get into the books, however long the disk is full.
    private void untilWritten(Runnable news) {
        try {
            news.run();
        } catch (UncheckedIOException e) {
            log.atError().setCause(e).log("not written, trying again");
            timer.after(RETRY, () -> untilWritten(news));
        }
    }

    private void evictAt(String id, Instant at) {
        var wait = Duration.between(clock.instant(), at);
        timer.after(
                wait.isNegative() ? Duration.ZERO : wait,
                () -> untilWritten(() -> end(id, Reason.EVICTED, GRACE)));
    }

    private void end(String id, Reason reason, Duration grace) {
        var ending =
                locked(() -> {
                    var machine = registry.machine(id).filter(one -> one.state().isWanted());
                    machine.ifPresent(one -> enter(id, MachineState.SHUTTING_DOWN, reason));
                    return machine;
                });
        ending.ifPresent(machine -> {
            log.atInfo().addKeyValue("machine", id).addKeyValue("reason", reason).log("ending");
            halt(machine, grace);
        });
    }

    private void halt(Machine machine, Duration grace) {
        var _ =
                host.halt(machine.id(), grace)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atError().setCause(failure).log("machine left traces");
                            }
                            untilWritten(() -> halted(machine.id()));
                        });
    }

    private void halted(String id) {
        lock.lock();
        try {
            registry.machine(id)
                    .filter(one -> !closed && one.state() == MachineState.SHUTTING_DOWN)
                    .ifPresent(one -> enter(id, MachineState.TERMINATED, one.reason()));
        } finally {
            lock.unlock();
        }
    }

    private void enter(String id, MachineState state, Reason reason) {
        registry.commit(new Entry.Changed(id, new Transition(clock.instant(), state, reason)));
    }

    /// Not worth waiting for the disk: after a power cut it just boots again.
    private Entry running(String id) {
        var step = new Transition(clock.instant(), MachineState.RUNNING, Reason.NONE);
        return new Entry.Changed(id, step);
    }

    private boolean isListed(Machine machine, Instant now) {
        var end = machine.last().at().plus(catalogue(machine).listedAfterTermination());
        return machine.state() != MachineState.TERMINATED || now.isBefore(end);
    }

    private MachineType type(Machine machine) {
        return catalogue(machine).type(machine.type()).orElseThrow();
    }

    private Catalogue catalogue(Machine machine) {
        var catalogue = catalogues.get(machine.cloud());
        if (catalogue == null) {
            throw new IllegalStateException("no catalogue of cloud " + machine.cloud());
        }
        return catalogue;
    }

    private void commit(Entry entry) {
        locked(() -> {
            registry.commit(entry);
            return entry;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the emulator is closed");
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
