package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class AcceleratorsTest {
    @TempDir Path folder;
    private volatile Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;

    @Test
    void a_named_file_describes_the_machine_alone_and_says_who_measured() throws Exception {
        var file = folder.resolve("accelerators.json");
        Files.writeString(
                file,
                """
                [{"index": 0, "name": "A10G", "memory_mib": 24576, "utilization": 0.5,
                  "memory_used_mib": 100, "source": "simulated"}]
                """);

        var found = Accelerators.find(Map.of("DEEPSEEK_ACCELERATORS_FILE", file.toString())).read();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().name()).isEqualTo("A10G");
        assertThat(found.getFirst().reading().source()).isEqualTo("simulated");
        assertThat(found.getFirst().reading().powerWatts()).isNaN();
    }

    @Test
    void devices_of_two_makes_are_numbered_one_after_another() {
        var all =
                new AllAccelerators(
                        List.of(
                                () -> List.of(gpu(0, "nvml"), gpu(2, "nvml")),
                                () -> List.of(gpu(0, "amd-sysfs"), gpu(1, "amd-sysfs"))));

        assertThat(all.read())
                .extracting(gpu -> gpu.reading().index() + " " + gpu.reading().source())
                .containsExactly("0 nvml", "2 nvml", "3 amd-sysfs", "4 amd-sysfs");
    }

    @Test
    void a_driver_that_hangs_holds_nobody_and_its_devices_fall_silent() {
        var never = new CountDownLatch(1);
        var hanging = new Hanging(never);
        try (var probe = new Sampled(hanging, Duration.ofMillis(1), clock)) {
            assertThat(probe.read().getFirst().reading().utilization()).isEqualTo(0.5);

            now = now.plusSeconds(1);

            assertThat(probe.read()).hasSize(1);
            assertThat(probe.read().getFirst().reading().utilization()).isNaN();
            assertThat(probe.read().getFirst().reading().memoryTotalMib()).isEqualTo(1000);
            never.countDown();
        }
    }

    /// Answers once.
    private static final class Hanging implements AcceleratorProbe {
        private final CountDownLatch released;
        private boolean asked;

        Hanging(CountDownLatch released) {
            this.released = released;
        }

        @Override
        public List<AcceleratorState> read() {
            try {
                if (asked) {
                    released.await();
                }
                asked = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(gpu(0, "nvml"));
        }
    }

    private static AcceleratorState gpu(int index, String source) {
        var reading = new AcceleratorReading(index, 0.5, 10, 1000, 40, 100, source, Unknown.NONE);
        return new AcceleratorState("GPU", "", "", "", false, reading);
    }
}
