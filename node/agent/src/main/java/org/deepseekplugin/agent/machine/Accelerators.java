package org.deepseekplugin.agent.machine;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Chooses the probes by what this machine has. Each value says by its `source` which one it is
/// from.
///
/// 1. A file that somebody has named describes the machine alone: an emulated machine must not show
///    its host's devices.
/// 2. A Tegra board has one GPU, and its sysfs knows more of it than NVML, which is there, too,
///    since JetPack 6.
/// 3. Else all that NVML and AMD's sysfs find, NVIDIA's first, so that their indices are those of
///    `nvidia-smi`.
public final class Accelerators {
    private static final Path ROOT = Path.of("/");
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);

    public static AcceleratorProbe find(Map<String, String> environment) {
        var file = environment.get("DEEPSEEK_ACCELERATORS_FILE");
        if (file != null) {
            return new FileAccelerators(Path.of(file));
        }
        var tegra = new TegraGpu(ROOT);
        return tegra.isHere() ? tegra : new AllAccelerators(List.of(nvidia(), new AmdGpus(ROOT)));
    }

    private static AcceleratorProbe nvidia() {
        return NvmlLibrary.open(NvmlLibrary.NAME)
                .<AcceleratorProbe>map(library ->
                        new Sampled(new NvidiaGpus(library), SAMPLE_EVERY, Clock.systemUTC()))
                .orElse(AcceleratorProbe.NONE);
    }

    private Accelerators() {}
}
