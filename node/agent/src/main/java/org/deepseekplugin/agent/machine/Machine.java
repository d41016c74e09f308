package org.deepseekplugin.agent.machine;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.HostReading;
import org.deepseekplugin.protocol.Unknown;

/// What this machine is, and how it is doing. One thread.
public final class Machine implements AutoCloseable {
    /// Those that decide which kernels an engine can use; a processor has a hundred others.
    private static final Set<String> TELLING =
            Set.of(
                    "avx",
                    "avx2",
                    "avx512f",
                    "avx512_vnni",
                    "avx512_bf16",
                    "avx_vnni",
                    "amx_tile",
                    "amx_int8",
                    "amx_bf16",
                    "fma",
                    "f16c",
                    "sse4_2",
                    "asimd",
                    "asimddp",
                    "i8mm",
                    "sve",
                    "sve2",
                    "bf16");

    private final ProcFiles proc;
    private final Path disk;
    private final AcceleratorProbe accelerators;
    private final String agentVersion;
    private ProcFiles.CpuTicks ticks;

    /// @param proc `/proc`
    /// @param disk a folder on the disk that weights go to
    public Machine(Path proc, Path disk, AcceleratorProbe accelerators, String agentVersion) {
        this.proc = new ProcFiles(proc);
        this.disk = disk;
        this.accelerators = accelerators;
        this.agentVersion = agentVersion;
        this.ticks = this.proc.ticks();
    }

    public Fingerprint fingerprint(String dataHost, int dataPort) {
        var cpu = proc.cpu();
        return new Fingerprint(
                agentVersion,
                os(),
                arch(),
                cpu.getOrDefault("model name", arch()),
                Runtime.getRuntime().availableProcessors(),
                proc.memoryMib("MemTotal"),
                diskFreeMib(),
                features(cpu),
                accelerators.read().stream().map(Machine::describe).toList(),
                dataHost,
                dataPort,
                Unknown.NONE);
    }

    public HostReading reading() {
        var before = ticks;
        ticks = proc.ticks();
        long used = proc.memoryMib("MemTotal") - proc.memoryMib("MemAvailable");
        return new HostReading(ticks.utilizationSince(before), used, diskFreeMib(), Unknown.NONE);
    }

    public List<AcceleratorReading> accelerators() {
        return accelerators.read().stream().map(AcceleratorState::reading).toList();
    }

    /// `linux`, `macos`
    public static String os() {
        return System.getProperty("os.name", "").startsWith("Mac") ? "macos" : "linux";
    }

    /// `x64`, `arm64`
    public static String arch() {
        return switch (System.getProperty("os.arch", "").toLowerCase(ROOT)) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private static List<String> features(Map<String, String> cpu) {
        var flags = cpu.getOrDefault("flags", cpu.getOrDefault("Features", ""));
        return Arrays.stream(flags.split(" ", -1)).filter(TELLING::contains).sorted().toList();
    }

    private static Fingerprint.Accelerator describe(AcceleratorState state) {
        var reading = state.reading();
        return new Fingerprint.Accelerator(
                reading.index(),
                state.name(),
                state.uuid(),
                reading.memoryTotalMib(),
                state.driver(),
                state.runtime(),
                state.partitioned(),
                reading.source(),
                Unknown.NONE);
    }

    private long diskFreeMib() {
        try {
            return Files.getFileStore(disk).getUsableSpace() >> 20;
        } catch (IOException e) {
            return 0; // unknown: nothing may be promised
        }
    }

    @Override
    public void close() {
        accelerators.close();
    }
}
