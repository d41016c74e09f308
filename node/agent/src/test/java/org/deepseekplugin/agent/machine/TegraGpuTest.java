package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TegraGpuTest {
    @TempDir Path root;

    @Test
    void an_orin_says_all() {
        orin().with("sys/devices/platform/gpu.0/load", "412");

        var probe = new TegraGpu(root);

        assertThat(probe.isHere()).isTrue();
        var gpu = probe.read().getFirst();
        assertThat(gpu.name()).isEqualTo("NVIDIA Jetson AGX Orin Developer Kit");
        assertThat(gpu.driver()).isEqualTo("L4T R35.4.1");
        var reading = gpu.reading();
        assertThat(reading.utilization()).isEqualTo(0.412, within(1e-9));
        assertThat(reading.memoryTotalMib()).isEqualTo(30697);
        assertThat(reading.memoryUsedMib()).isEqualTo(30697 - 27343);
        assertThat(reading.temperatureCelsius()).isEqualTo(46.5, within(1e-9));
        assertThat(reading.powerWatts()).isEqualTo(4.008 * 1.25, within(1e-9));
        assertThat(reading.source()).isEqualTo("tegra");
    }

    /// As seen on an AGX Orin with JetPack 5, shortened.
    private Tree orin() {
        return new Tree(root)
                .with(
                        "etc/nv_tegra_release",
                        "# R35 (release), REVISION: 4.1, GCID: 33958178, BOARD: t186ref")
                .with("proc/device-tree/model", "NVIDIA Jetson AGX Orin Developer Kit\0")
                .with("proc/meminfo", "MemTotal:       31434124 kB\nMemAvailable:   27999360 kB")
                .with("sys/class/thermal/thermal_zone0/type", "CPU-therm")
                .with("sys/class/thermal/thermal_zone0/temp", "49218")
                .with("sys/class/thermal/thermal_zone1/type", "GPU-therm")
                .with("sys/class/thermal/thermal_zone1/temp", "46500")
                .with("sys/class/hwmon/hwmon3/name", "ina3221")
                .with("sys/class/hwmon/hwmon3/in1_label", "VDD_GPU_SOC")
                .with("sys/class/hwmon/hwmon3/in1_input", "4008")
                .with("sys/class/hwmon/hwmon3/curr1_input", "1250")
                .with("sys/class/hwmon/hwmon3/in2_label", "VDD_CPU_CV")
                .with("sys/class/hwmon/hwmon3/in2_input", "5000")
                .with("sys/class/hwmon/hwmon3/curr2_input", "800");
    }

    @Test
    void a_nano_has_its_load_elsewhere() {
        orin().with("sys/devices/gpu.0/load", "1000");

        assertThat(new TegraGpu(root).read().getFirst().reading().utilization()).isEqualTo(1.0);
    }

    @Test
    void since_jetpack_6_the_gpu_is_found_by_its_device_tree_node() {
        orin().with("sys/class/devfreq/13e10000.host1x/device/of_node/name", "host1x")
                .with("sys/class/devfreq/17000000.gpu/device/of_node/name", "gpu\0")
                .with("sys/class/devfreq/17000000.gpu/device/load", "5")
                .with("sys/class/thermal/thermal_zone1/type", "gpu-thermal");

        var probe = new TegraGpu(root);

        assertThat(probe.isHere()).isTrue();
        var reading = probe.read().getFirst().reading();
        assertThat(reading.utilization()).isEqualTo(0.005, within(1e-9));
        assertThat(reading.temperatureCelsius()).isEqualTo(46.5, within(1e-9));
    }

    @Test
    void a_gpu_that_sleeps_has_no_temperature() {
        orin().with("sys/devices/gpu.0/load", "0")
                .with("sys/class/thermal/thermal_zone1/temp", "-256000");

        assertThat(new TegraGpu(root).read().getFirst().reading().temperatureCelsius()).isNaN();
    }

    @Test
    void another_board_is_none() {
        new Tree(root).with("proc/device-tree/model", "Raspberry Pi 5");

        assertThat(new TegraGpu(root).isHere()).isFalse();
    }
}
