package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real binding, against a library that the test compiles.
final class NvidiaGpusTest {
    @TempDir Path folder;

    @Test
    void a_whole_gpu_says_all() throws Exception {
        try (var gpus = gpus()) {
            var gpu = gpus.read().getFirst();

            assertThat(gpu.name()).isEqualTo("NVIDIA A100-SXM4-80GB");
            assertThat(gpu.uuid()).isEqualTo("GPU-5f0c8d2a-0000-4000-8000-000000000000");
            assertThat(gpu.driver()).isEqualTo("550.54.15");
            assertThat(gpu.runtime()).isEqualTo("CUDA 12.4");
            assertThat(gpu.partitioned()).isFalse();
            var reading = gpu.reading();
            assertThat(reading.index()).isZero();
            assertThat(reading.utilization()).isEqualTo(0.37, within(1e-9));
            assertThat(reading.memoryTotalMib()).isEqualTo(81920);
            assertThat(reading.memoryUsedMib()).isEqualTo(1234);
            assertThat(reading.temperatureCelsius()).isEqualTo(54);
            assertThat(reading.powerWatts()).isEqualTo(250.123, within(1e-9));
            assertThat(reading.source()).isEqualTo("nvml");
        }
    }

    @Test
    void one_cut_into_slices_says_so_and_does_not_invent_a_load() throws Exception {
        try (var gpus = gpus()) {
            var gpu = gpus.read().get(1);

            assertThat(gpu.partitioned()).isTrue();
            assertThat(gpu.reading().utilization()).isNaN();
            assertThat(gpu.reading().temperatureCelsius()).isEqualTo(55);
        }
    }

    @Test
    void one_that_fell_off_the_bus_is_left_out() throws Exception {
        try (var gpus = gpus()) {
            assertThat(gpus.read()).hasSize(2);
        }
    }

    @Test
    void a_function_that_an_old_driver_lacks_is_not_missed() throws Exception {
        try (var gpus = gpus("-DOLD")) {
            assertThat(gpus.read()).hasSize(2).noneMatch(AcceleratorState::partitioned);
        }
    }

    @Test
    void a_driver_that_does_not_work_means_no_gpus() throws Exception {
        try (var gpus = gpus("-DBROKEN")) {
            assertThat(gpus.read()).isEmpty();
            assertThat(gpus.read()).isEmpty();
        }
    }

    @Test
    void the_reason_of_a_failure_is_the_drivers_own() throws Exception {
        var library = NvmlLibrary.open(FakeNvml.build(folder, "-DBROKEN").toString()).orElseThrow();

        assertThat(library.error(library.init())).isEqualTo("Driver Not Loaded");
    }

    @Test
    void a_machine_without_the_library_has_no_gpus() {
        assertThat(NvmlLibrary.open(folder.resolve("libnvidia-ml.so.1").toString())).isEmpty();
    }

    private NvidiaGpus gpus(String... flags) throws Exception {
        var library = FakeNvml.build(folder, flags);
        return new NvidiaGpus(NvmlLibrary.open(library.toString()).orElseThrow());
    }
}
