package org.deepseekplugin.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.deepseekplugin.gateway.ledger.MovableClock;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
    private final MovableClock clock = new MovableClock();
    private final RetryBudget budget = new RetryBudget(0.2, 1, 10, clock);

    @Test
    void retries_stay_a_share_of_requests() {
        takeAll();
        for (int i = 0; i < 100; i++) {
            budget.requested();
        }

        assertThat(takeAll()).isEqualTo(10);

        int retries = 0;
        for (int i = 0; i < 1000; i++) {
            budget.requested();
            retries += budget.take() ? 1 : 0;
        }
        assertThat(retries).isEqualTo(200);
    }

    @Test
    void one_a_second_is_free() {
        takeAll();
        assertThat(budget.take()).isFalse();
        clock.advance(Duration.ofMillis(500));
        assertThat(budget.take()).isFalse();
        clock.advance(Duration.ofMillis(500));
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }

    @Test
    void savings_have_a_bound() {
        clock.advance(Duration.ofDays(1));

        assertThat(takeAll()).isEqualTo(10);
    }

    private int takeAll() {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }
}
