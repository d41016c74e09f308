package org.deepseekplugin.emulator.host;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineHost;
import org.deepseekplugin.emulator.offers.MachineType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs machines as process groups of this computer. Thread-safe; calls may wait for the disk.
///
/// A machine's user data runs at every boot, also when the emulator comes back: nothing else would
/// start its services again.
public final class ProcessHost implements MachineHost, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProcessHost.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// How long the kernel may take to clear away what was killed.
    private static final Duration CLEARING = Duration.ofSeconds(2);

    private final Path folders;
    private final Path consoles;
    private final Path guardScript;
    private final Function<Machine, String> metadataUrl;
    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

    private sealed interface Slot {
        record Running(Guard guard, SimulatedAccelerators accelerators) implements Slot {}

        /// Never boots again.
        record Halted() implements Slot {}
    }

    /// @param dataDir gets `machines/`, `consoles/` and `guard.sh`
    public ProcessHost(Path dataDir, Function<Machine, String> metadataUrl) throws IOException {
        this.folders = Files.createDirectories(dataDir.resolve("machines"));
        this.consoles = Files.createDirectories(dataDir.resolve("consoles"));
        this.guardScript = dataDir.resolve("guard.sh");
        this.metadataUrl = metadataUrl;
        try (InputStream script = ProcessHost.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IllegalStateException("guard.sh is missing from the program");
            }
            Files.copy(script, guardScript, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Ends what an earlier emulator left running, and removes what belongs to nobody. To be called
    /// before the first boot.
    public void clean(Predicate<String> wanted) throws IOException {
        try (var all = Files.newDirectoryStream(folders)) {
            for (var path : all) {
                var folder = new MachineFolder(path);
                Leftovers.end(folder);
                if (!wanted.test(folder.id())) {
                    bury(folder);
                }
            }
        }
    }

    @Override
    public void boot(Machine machine, MachineType type, Runnable failed) {
        slots.compute(
                machine.id(), (_, slot) -> slot == null ? started(machine, type, failed) : slot);
    }

    @Override
    public CompletionStage<Void> halt(String id, Duration grace) {
        var before = slots.put(id, new Slot.Halted());
        var folder = folder(id);
        var ended =
                before instanceof Slot.Running running
                        ? end(running.guard(), grace).thenCompose(done -> cleared(id, running))
                        : CompletableFuture.<Void>completedFuture(null);
        return ended.thenRunAsync(() -> bury(folder));
    }

    @Override
    public void forget(String id) {
        slots.remove(id);
        try {
            Files.deleteIfExists(oldConsole(id));
        } catch (IOException e) {
            log.atWarn().addKeyValue("machine", id).setCause(e).log("old console stays");
        }
    }

    /// What the machine printed, for as long as it is listed.
    public Optional<Path> console(String id) {
        var live = folder(id).console();
        return Files.exists(live)
                ? Optional.of(live)
                : Optional.of(oldConsole(id)).filter(Files::exists);
    }

    /// Rewrites every machine's accelerator file from the load of its processes, and keeps its
    /// console within bounds.
    public void refresh() {
        if (slots.values().stream().noneMatch(slot -> slot instanceof Slot.Running)) {
            return;
        }
        var loads = Processes.all().stream().collect(groupingBy(Processes.One::group));
        slots.forEach((id, slot) -> {
            if (slot instanceof Slot.Running running) {
                refresh(id, running, loads.getOrDefault(running.guard().group(), List.of()));
            }
        });
    }

    /// Powers all machines off, their disks stay. Waits for it.
    @Override
    public void close() {
        var ending = new ArrayList<CompletableFuture<Void>>();
        slots.forEach((id, slot) -> {
            if (slot instanceof Slot.Running running) {
                ending.add(running.guard().halt().thenCompose(done -> cleared(id, running)));
            }
        });
        CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new)).join();
    }

    private Slot started(Machine machine, MachineType type, Runnable failed) {
        var folder = folder(machine.id());
        try {
            folder.create(Base64.getDecoder().decode(machine.launch().order().userData()));
            var gpus = type.gpus().stream().toList();
            var accelerators = new SimulatedAccelerators(folder, gpus, System.nanoTime());
            accelerators.refresh(0, 0, System.nanoTime());
            var guard =
                    Guard.start(guardScript, folder, environment(machine, folder), GRACE, failed);
            log.atInfo()
                    .addKeyValue("machine", machine.id())
                    .addKeyValue("address", machine.address())
                    .addKeyValue("pid", guard.group())
                    .log("machine booted");
            return new Slot.Running(guard, accelerators);
        } catch (IOException e) {
            throw new UncheckedIOException("machine " + machine.id() + " cannot boot", e);
        }
    }

    private Map<String, String> environment(Machine machine, MachineFolder folder) {
        return Map.of(
                "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG", "C.UTF-8",
                "HOME", folder.home().toString(),
                "TMPDIR", folder.temporary().toString(),
                "DEEPSEEK_HOME", folder.deepseekHome().toString(),
                "DEEPSEEK_MACHINE_ID", machine.id(),
                "DEEPSEEK_NODE_ADDRESS", machine.address(),
                "DEEPSEEK_METADATA_URL", metadataUrl.apply(machine),
                "DEEPSEEK_ACCELERATORS_FILE", folder.accelerators().toString());
    }

    private void refresh(String id, Slot.Running machine, List<Processes.One> load) {
        double cpuSeconds = load.stream().mapToDouble(Processes.One::cpuSeconds).sum();
        long residentKib = load.stream().mapToLong(Processes.One::residentKib).sum();
        try {
            machine.accelerators().refresh(cpuSeconds, residentKib, System.nanoTime());
            Console.trim(folder(id).console());
        } catch (IOException e) {
            // the machine was terminated meanwhile, its folder is gone
            log.atDebug().setCause(e).log("accelerator file not written");
        }
    }

    private static CompletableFuture<Void> end(Guard guard, Duration grace) {
        return grace.isZero() ? guard.kill() : guard.halt();
    }

    /// The leader has ended and killed the others; this waits until the kernel has, too.
    private static CompletableFuture<Void> cleared(String id, Slot.Running running) {
        var ofGroup =
                Processes.all().stream()
                        .filter(one -> one.group() == running.guard().group() && !one.zombie())
                        .flatMap(one -> ProcessHandle.of(one.pid()).stream());
        var rest =
                Stream.concat(ofGroup, Processes.ofMachine(id).stream())
                        .map(ProcessHandle::onExit)
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(rest)
                .completeOnTimeout(null, CLEARING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Keeps the console, removes the rest.
    private void bury(MachineFolder folder) {
        try {
            if (Files.exists(folder.console())) {
                Files.move(
                        folder.console(),
                        oldConsole(folder.id()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            folder.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder.path(), e);
        }
    }

    private MachineFolder folder(String id) {
        return new MachineFolder(folders.resolve(id));
    }

    private Path oldConsole(String id) {
        return consoles.resolve(id + ".log");
    }
}
