package org.deepseekplugin.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.deepseekplugin.gateway.ledger.MovableClock;
import org.junit.jupiter.api.Test;

final class EjectionsTest {
    private final MovableClock clock = new MovableClock();
    private final Ejections ejections =
            new Ejections(Duration.ofSeconds(1), Duration.ofSeconds(5), clock);

    @Test
    void each_failure_in_a_row_doubles_the_pause_up_to_a_bound() {
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            ejections.failed("a");
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(ejections.isEjected("a")).as("after %s s less 1 ms", seconds).isTrue();
            clock.advance(Duration.ofMillis(1));
            assertThat(ejections.isEjected("a")).as("after %s s", seconds).isFalse();
        }
    }

    @Test
    void calls_that_fail_together_count_once() {
        for (int i = 0; i < 10; i++) {
            ejections.failed("a");
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(ejections.isEjected("a")).isFalse();
    }

    @Test
    void a_success_forgives_everything() {
        ejections.failed("a");
        clock.advance(Duration.ofSeconds(1));
        ejections.failed("a");
        ejections.succeeded("a");
        assertThat(ejections.isEjected("a")).isFalse();

        ejections.failed("a");
        clock.advance(Duration.ofSeconds(1));
        assertThat(ejections.isEjected("a")).isFalse();
    }

    @Test
    void endpoints_that_are_gone_are_forgotten() {
        ejections.failed("a");
        ejections.retain(Set.of());

        assertThat(ejections.none()).isTrue();
    }
}
