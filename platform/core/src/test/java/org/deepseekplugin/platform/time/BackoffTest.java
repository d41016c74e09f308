package org.deepseekplugin.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));

    @Test
    void doubles_up_to_its_limit_and_scatters_over_the_upper_half() {
        for (int round = 0; round < 100; round++) {
            assertThat(backoff.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(backoff.after(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
            assertThat(backoff.after(1000))
                    .isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
        }
    }
}
