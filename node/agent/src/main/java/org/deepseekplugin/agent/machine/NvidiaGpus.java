package org.deepseekplugin.agent.machine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NVIDIA's GPUs, by NVML (source `nvml`); an index is that of `nvidia-smi`. A GPU cut into MIG
/// slices knows its memory, temperature and power, but not its load. One thread.
final class NvidiaGpus implements AcceleratorProbe {
    private static final Logger log = LoggerFactory.getLogger(NvidiaGpus.class);
    private static final String SOURCE = "nvml";

    private final NvmlLibrary library;
    private boolean asked;
    private boolean usable;
    private int lastCount = -1;

    NvidiaGpus(NvmlLibrary library) {
        this.library = library;
    }

    /// The first call wakes the driver, which may take seconds.
    @Override
    public List<AcceleratorState> read() {
        if (!asked) {
            asked = true;
            usable = init();
        }
        if (!usable) {
            return List.of();
        }
        var states = new ArrayList<AcceleratorState>();
        int count = library.count();
        for (int i = 0; i < count; i++) {
            int index = i;
            library.device(i).ifPresent(device -> states.add(state(index, device)));
        }
        tellChange(count, states.size());
        return states;
    }

    private boolean init() {
        int code = library.init();
        if (code != 0) {
            log.atWarn()
                    .addKeyValue("reason", library.error(code))
                    .log("the NVIDIA driver does not work, its GPUs are left out");
        }
        return code == 0;
    }

    private void tellChange(int count, int readable) {
        if (readable != lastCount) {
            var level = readable < count ? log.atWarn() : log.atInfo();
            level.addKeyValue("driver", library.driverVersion())
                    .addKeyValue("installed", count)
                    .addKeyValue("usable", readable)
                    .log("NVIDIA GPUs");
            lastCount = readable;
        }
    }

    private AcceleratorState state(int index, MemorySegment device) {
        var memory = library.memory(device);
        var reading =
                new AcceleratorReading(
                        index,
                        scaled(library.utilizationPercent(device), 0.01),
                        memory.usedMib(),
                        memory.totalMib(),
                        scaled(library.temperatureCelsius(device), 1),
                        scaled(library.powerMilliwatts(device), 0.001),
                        SOURCE,
                        Unknown.NONE);
        return new AcceleratorState(
                library.name(device),
                library.uuid(device),
                library.driverVersion(),
                runtime(library.cudaVersion()),
                library.migMode(device).orElse(0) == 1,
                reading);
    }

    private static String runtime(OptionalInt version) {
        return version.isEmpty()
                ? ""
                : "CUDA %d.%d".formatted(version.getAsInt() / 1000, version.getAsInt() % 1000 / 10);
    }

    private static double scaled(OptionalInt value, double unit) {
        return value.isPresent() ? value.getAsInt() * unit : Double.NaN;
    }

    @Override
    public void close() {
        if (usable) {
            library.shutdown();
        }
    }
}
