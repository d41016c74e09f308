package org.deepseekplugin.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(100);

    @Test
    void shares_have_one_bound_together() {
        var one = budget.share();
        var other = budget.share();

        assertThat(one.take(60)).isTrue();
        assertThat(other.take(41)).isFalse();
        assertThat(other.take(40)).isTrue();
        assertThat(budget.held()).isEqualTo(100);
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_is_given_back_once() {
        var one = budget.share();
        one.take(60);
        one.take(100);
        one.giveBack();
        one.giveBack();

        assertThat(budget.held()).isZero();
        assertThat(budget.share().take(100)).isTrue();
    }
}
