package org.deepseekplugin.server.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private static final long TENTH = Duration.ofMillis(100).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE / 2);
    private final CallBudget budget = new CallBudget(10, 3, now::get);

    @Test
    void a_burst_goes_at_once_and_the_rest_in_turn() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.reserve()).isZero();
        }
        assertThat(budget.reserve()).isEqualTo(TENTH);
        assertThat(budget.reserve()).isEqualTo(2 * TENTH);
    }

    @Test
    void a_pause_earns_a_burst_again_but_no_more() {
        for (int i = 0; i < 3; i++) {
            budget.reserve();
        }
        now.addAndGet(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 3; i++) {
            assertThat(budget.reserve()).isZero();
        }
        assertThat(budget.reserve()).isEqualTo(TENTH);
    }

    @Test
    void who_waits_is_woken_when_the_server_stops() {
        for (int i = 0; i < 1000; i++) {
            budget.reserve();
        }
        budget.close();
        assertThatThrownBy(budget::take)
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("stopping");
    }
}
