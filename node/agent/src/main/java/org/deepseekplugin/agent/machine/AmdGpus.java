package org.deepseekplugin.agent.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Unknown;

/// AMD's GPUs, by what the `amdgpu` driver shows below `/sys/class/drm/card*/device` (source
/// `amd-sysfs`). The files and their units are those of the kernel's `Documentation/gpu/amdgpu`
/// ("driver-misc", "thermal") and `Documentation/hwmon/sysfs-interface`.
///
/// @param root `/`, or a copy of a machine's
record AmdGpus(Path root) implements AcceleratorProbe {
    private static final String SOURCE = "amd-sysfs";

    /// PCI vendor id of Advanced Micro Devices.
    private static final String VENDOR = "0x1002";

    /// Millidegrees and microwatts (hwmon); `gpu_busy_percent`.
    private static final double MILLI = 1e-3;

    private static final double MICRO = 1e-6;
    private static final double PERCENT = 1e-2;

    @Override
    public List<AcceleratorState> read() {
        var sysfs = new Sysfs(root);
        var driver = sysfs.text("sys/module/amdgpu/version").orElse("");
        var states = new ArrayList<AcceleratorState>();
        for (var card : sysfs.entries("sys/class/drm", "card[0-9]*")) {
            var device = card.resolve("device");
            if (!card.getFileName().toString().contains("-") && isAmd(device)) { // no connectors
                states.add(state(states.size(), device, driver));
            }
        }
        return states;
    }

    private static boolean isAmd(Path device) {
        return Sysfs.text(device.resolve("vendor")).filter(VENDOR::equals).isPresent()
                && Sysfs.text(device.resolve("mem_info_vram_total")).isPresent();
    }

    private static AcceleratorState state(int index, Path device, String driver) {
        var monitor = Sysfs.entries(device.resolve("hwmon"), "hwmon*").stream().findFirst();
        var sensors = monitor.orElse(device);
        var reading =
                new AcceleratorReading(
                        index,
                        Sysfs.number(device.resolve("gpu_busy_percent"), PERCENT),
                        Sysfs.mib(device.resolve("mem_info_vram_used")),
                        Sysfs.mib(device.resolve("mem_info_vram_total")),
                        temperature(sensors),
                        power(sensors),
                        SOURCE,
                        Unknown.NONE);
        return new AcceleratorState(
                name(device),
                Sysfs.text(device.resolve("unique_id")).orElse(""),
                driver,
                "",
                isPartitioned(device),
                reading);
    }

    /// Server cards say their product, others their PCI id only.
    private static String name(Path device) {
        return Sysfs.text(device.resolve("product_name"))
                .orElseGet(() -> "AMD GPU " + Sysfs.text(device.resolve("device")).orElse(""));
    }

    /// `temp1` is the edge, `temp2` the junction; the largest cards have the latter only.
    private static double temperature(Path sensors) {
        return Sysfs.firstNumber(
                Sysfs.number(sensors.resolve("temp1_input"), MILLI),
                Sysfs.number(sensors.resolve("temp2_input"), MILLI));
    }

    /// A card has the one or the other.
    private static double power(Path sensors) {
        return Sysfs.firstNumber(
                Sysfs.number(sensors.resolve("power1_average"), MICRO),
                Sysfs.number(sensors.resolve("power1_input"), MICRO));
    }

    /// `SPX` is a whole MI300; `DPX`, `TPX`, `QPX`, `CPX` are 2, 3, 4 and 8 slices.
    private static boolean isPartitioned(Path device) {
        return Sysfs.text(device.resolve("current_compute_partition"))
                .filter(mode -> !mode.equals("SPX"))
                .isPresent();
    }
}
