package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AmdGpusTest {
    @TempDir Path root;
    private Tree tree;

    @BeforeEach
    void plant() {
        tree = new Tree(root).with("sys/module/amdgpu/version", "6.8.5");
        card("card1", "0x1002")
                .with("sys/class/drm/card1/device/product_name", "AMD Instinct MI210")
                .with("sys/class/drm/card1/device/unique_id", "4f2b8c0a11223344")
                .with("sys/class/drm/card1/device/hwmon/hwmon4/temp1_input", "41000")
                .with("sys/class/drm/card1/device/hwmon/hwmon4/temp2_input", "47000")
                .with("sys/class/drm/card1/device/hwmon/hwmon4/power1_average", "92000000")
                .with("sys/class/drm/card1-DP-1/status", "disconnected")
                .with("sys/class/drm/renderD128/device/vendor", "0x1002");
    }

    private Tree card(String name, String vendor) {
        var device = "sys/class/drm/" + name + "/device/";
        return tree.with(device + "vendor", vendor)
                .with(device + "device", "0x740f")
                .with(device + "gpu_busy_percent", "63")
                .with(device + "mem_info_vram_total", "68702699520")
                .with(device + "mem_info_vram_used", "10485760");
    }

    @Test
    void a_card_says_all_and_its_connectors_are_no_cards() {
        var gpus = new AmdGpus(root).read();

        assertThat(gpus).hasSize(1);
        var gpu = gpus.getFirst();
        assertThat(gpu.name()).isEqualTo("AMD Instinct MI210");
        assertThat(gpu.uuid()).isEqualTo("4f2b8c0a11223344");
        assertThat(gpu.driver()).isEqualTo("6.8.5");
        assertThat(gpu.reading().utilization()).isEqualTo(0.63, within(1e-9));
        assertThat(gpu.reading().memoryTotalMib()).isEqualTo(65520);
        assertThat(gpu.reading().memoryUsedMib()).isEqualTo(10);
        assertThat(gpu.reading().temperatureCelsius()).isEqualTo(41, within(1e-9));
        assertThat(gpu.reading().powerWatts()).isEqualTo(92, within(1e-9));
        assertThat(gpu.reading().source()).isEqualTo("amd-sysfs");
    }

    @Test
    void cards_are_in_the_order_of_their_numbers_and_others_makes_are_left_out() {
        card("card10", "0x1002");
        card("card2", "0x1002").with("sys/class/drm/card2/device/product_name", "second");
        card("card3", "0x8086");

        assertThat(new AmdGpus(root).read())
                .extracting(gpu -> gpu.reading().index() + " " + gpu.name())
                .containsExactly("0 AMD Instinct MI210", "1 second", "2 AMD GPU 0x740f");
    }

    @Test
    void a_large_card_has_a_junction_and_momentary_power_only_and_may_be_cut() {
        card("card2", "0x1002")
                .with("sys/class/drm/card2/device/hwmon/hwmon5/temp2_input", "52000")
                .with("sys/class/drm/card2/device/hwmon/hwmon5/power1_input", "310500000")
                .with("sys/class/drm/card2/device/current_compute_partition", "CPX");

        var gpu = new AmdGpus(root).read().get(1);

        assertThat(gpu.reading().temperatureCelsius()).isEqualTo(52, within(1e-9));
        assertThat(gpu.reading().powerWatts()).isEqualTo(310.5, within(1e-9));
        assertThat(gpu.partitioned()).isTrue();
    }

    @Test
    void what_is_not_there_is_not_known() {
        card("card2", "0x1002").with("sys/class/drm/card2/device/gpu_busy_percent", "");

        var reading = new AmdGpus(root).read().get(1).reading();

        assertThat(reading.utilization()).isNaN();
        assertThat(reading.temperatureCelsius()).isNaN();
        assertThat(reading.powerWatts()).isNaN();
    }

    @Test
    void a_machine_without_a_card_has_none() {
        assertThat(new AmdGpus(root.resolve("sys")).read()).isEmpty();
    }
}
