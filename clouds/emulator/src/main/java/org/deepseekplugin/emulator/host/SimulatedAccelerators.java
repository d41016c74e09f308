package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.emulator.offers.Gpus;
import org.deepseekplugin.platform.json.Json;

/// The accelerators that a machine is said to have, doing what its processes really do to this
/// computer: their share of its processors is the devices' utilization, their resident memory the
/// devices' used memory. Temperature and power follow from utilization by a straight line. Every
/// device says `"source":"simulated"`.
///
/// The file is a JSON array of `{"index","name","memory_mib","utilization","memory_used_mib",
/// "temperature_celsius","power_watts","source"}`; utilization is from 0 to 1.
///
/// Not thread-safe.
final class SimulatedAccelerators {
    private static final double IDLE_CELSIUS = 35;
    private static final double BUSY_CELSIUS = 75;
    private static final double IDLE_WATTS = 40;
    private static final double BUSY_WATTS = 350;

    private final MachineFolder folder;
    private final List<Gpus> gpus;
    private double lastCpuSeconds;
    private long lastNanos;

    /// @param gpus one element, or none
    SimulatedAccelerators(MachineFolder folder, List<Gpus> gpus, long nanoTime) {
        this.folder = folder;
        this.gpus = gpus;
        this.lastNanos = nanoTime;
    }

    /// Replaces the file in one step, so readers never see half of it.
    ///
    /// @param cpuSeconds used by the machine's processes since they started
    /// @param nanoTime as `System.nanoTime` counts
    void refresh(double cpuSeconds, long residentKib, long nanoTime) throws IOException {
        double seconds = (nanoTime - lastNanos) / 1e9;
        int processors = Runtime.getRuntime().availableProcessors();
        double share = seconds <= 0 ? 0 : (cpuSeconds - lastCpuSeconds) / seconds / processors;
        lastCpuSeconds = cpuSeconds;
        lastNanos = nanoTime;
        write(Math.clamp(share, 0, 1), residentKib / 1024);
    }

    private void write(double utilization, long residentMib) throws IOException {
        var devices = new ArrayList<Map<String, Object>>();
        for (var kind : gpus) {
            for (int i = 0; i < kind.devices(); i++) {
                devices.add(device(kind, i, utilization, residentMib / kind.devices()));
            }
        }
        var fresh = folder.path().resolve("accelerators.json.new");
        Files.write(fresh, Json.bytes(devices));
        Files.move(
                fresh,
                folder.accelerators(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, Object> device(
            Gpus kind, int index, double utilization, long usedMib) {
        return Map.of(
                "index",
                index,
                "name",
                kind.manufacturer() + " " + kind.name(),
                "memory_mib",
                kind.memoryMibEach(),
                "utilization",
                utilization,
                "memory_used_mib",
                Math.min(usedMib, kind.memoryMibEach()),
                "temperature_celsius",
                between(IDLE_CELSIUS, BUSY_CELSIUS, utilization),
                "power_watts",
                between(IDLE_WATTS, BUSY_WATTS, utilization),
                "source",
                "simulated");
    }

    private static double between(double idle, double busy, double utilization) {
        return Math.round((idle + (busy - idle) * utilization) * 10) / 10.0;
    }
}
