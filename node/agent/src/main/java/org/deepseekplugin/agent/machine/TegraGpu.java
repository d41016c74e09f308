package org.deepseekplugin.agent.machine;

import static java.util.Locale.ROOT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Unknown;

/// The GPU of an NVIDIA Jetson board, by the kernel of Linux for Tegra (source `tegra`): the
/// `nvgpu` driver's `load`, thermal zones, and the INA3221 monitor of the power rails (L4T
/// Developer Guide, "Platform Power and Performance"). It has no memory of its own: it shares the
/// board's.
///
/// @param root `/`, or a copy of a machine's
record TegraGpu(Path root) implements AcceleratorProbe {
    private static final String SOURCE = "tegra";

    /// `load` counts tenths of a percent.
    private static final double LOAD = 1e-3;

    private static final double MILLI = 1e-3;

    /// `# R35 (release), REVISION: 4.1, GCID: …`
    private static final Pattern RELEASE = Pattern.compile("# R(\\d+) .*REVISION: ([\\d.]+)");

    /// Names of the device-tree node: Xavier, TX2, Orin, Nano and Orin since JetPack 6.
    private static final Set<String> NODES = Set.of("gv11b", "gp10b", "ga10b", "gpu");

    boolean isHere() {
        return load().isPresent()
                && (Files.exists(root.resolve("etc/nv_tegra_release"))
                        || model().contains("Jetson"));
    }

    @Override
    public List<AcceleratorState> read() {
        var memory = new ProcFiles(root.resolve("proc"));
        long total = memory.memoryMib("MemTotal");
        var reading =
                new AcceleratorReading(
                        0,
                        load().map(file -> Sysfs.number(file, LOAD)).orElse(Double.NaN),
                        total - memory.memoryMib("MemAvailable"),
                        total,
                        temperature(),
                        power(),
                        SOURCE,
                        Unknown.NONE);
        return List.of(new AcceleratorState(model(), "", release(), "", false, reading));
    }

    private Optional<Path> load() {
        var sysfs = new Sysfs(root);
        var fixed = Stream.of("sys/devices/gpu.0", "sys/devices/platform/gpu.0").map(root::resolve);
        var byNode =
                sysfs.entries("sys/class/devfreq", "*").stream()
                        .map(entry -> entry.resolve("device"))
                        .filter(TegraGpu::isGpu);
        return Stream.concat(fixed, byNode)
                .map(device -> device.resolve("load"))
                .filter(Files::exists)
                .findFirst();
    }

    private static boolean isGpu(Path device) {
        return Sysfs.text(device.resolve("of_node/name")).filter(NODES::contains).isPresent();
    }

    private String model() {
        var sysfs = new Sysfs(root);
        return sysfs.text("proc/device-tree/model")
                .or(() -> sysfs.text("sys/firmware/devicetree/base/model"))
                .orElse("NVIDIA Tegra");
    }

    private String release() {
        return new Sysfs(root)
                .text("etc/nv_tegra_release")
                .map(RELEASE::matcher)
                .filter(Matcher::find)
                .map(found -> "L4T R" + found.group(1) + "." + found.group(2))
                .orElse("");
    }

    /// The zone is `GPU-therm`, or `gpu-thermal` since JetPack 6. A GPU that sleeps has none.
    private double temperature() {
        return new Sysfs(root)
                .entries("sys/class/thermal", "thermal_zone*").stream()
                        .filter(zone -> names(zone.resolve("type"), "gpu"))
                        .mapToDouble(zone -> Sysfs.number(zone.resolve("temp"), MILLI))
                        .filter(celsius -> celsius > 0)
                        .findFirst()
                        .orElse(Double.NaN);
    }

    /// Of the rail that feeds the GPU (`VDD_GPU_SOC`, `VDD_CPU_GPU_CV`, `GPU`), with what else is
    /// on it: millivolts times milliamperes.
    private double power() {
        return new Sysfs(root)
                .entries("sys/class/hwmon", "hwmon*").stream()
                        .filter(monitor -> names(monitor.resolve("name"), "ina3221"))
                        .flatMap(monitor -> Sysfs.entries(monitor, "in*_label").stream())
                        .filter(label -> names(label, "gpu"))
                        .mapToDouble(TegraGpu::watts)
                        .findFirst()
                        .orElse(Double.NaN);
    }

    private static double watts(Path label) {
        var channel = label.getFileName().toString().replaceAll("\\D", "");
        return Sysfs.number(label.resolveSibling("in" + channel + "_input"), MILLI)
                * Sysfs.number(label.resolveSibling("curr" + channel + "_input"), MILLI);
    }

    private static boolean names(Path file, String part) {
        return Sysfs.text(file).filter(text -> text.toLowerCase(ROOT).contains(part)).isPresent();
    }
}
