package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Unknown;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Disturbance;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Operation;
import org.junit.jupiter.api.Test;

/// The work is done and the answer is lost: the driver says that it does not know, or asks again by
/// itself. In the end there is one machine, and the same request finds it, after a restart, too.
interface LostAnswerConformance extends Conformance {

    @Test
    @Needs({Ability.DISTURBANCES, Ability.TOKENS})
    default void an_answer_that_never_came_ends_in_one_machine() {
        endsInOneMachine(Disturbance.RESET);
    }

    @Test
    @Needs({Ability.DISTURBANCES, Ability.TOKENS})
    default void half_an_answer_ends_in_one_machine() {
        endsInOneMachine(Disturbance.TRUNCATE);
    }

    @Test
    @Needs({Ability.DISTURBANCES, Ability.TOKENS})
    default void a_request_delivered_twice_ends_in_one_machine() {
        endsInOneMachine(Disturbance.DUPLICATE);
    }

    @Test
    @Needs({Ability.DISTURBANCES, Ability.TOKENS})
    default void a_cloud_that_hangs_is_left_at_the_deadline_and_ends_in_one_machine() {
        var startedAt = Instant.now();
        endsInOneMachine(Disturbance.HANG);

        assertThat(Duration.between(startedAt, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    @Needs({Ability.DISTURBANCES, Ability.TOKENS})
    default void answers_lost_again_and_again_still_end_in_one_machine() {
        var request = request();
        for (int i = 0; i < 4; i++) {
            cloud().disturb(Operation.ALLOCATE, Disturbance.RESET, 0);
        }

        Await.until(() -> driver().allocate(request) instanceof Allocated);
        assertThat(madeWith(request.token())).hasSize(1);
    }

    private void endsInOneMachine(Disturbance how) {
        var request = request();
        cloud().disturb(Operation.ALLOCATE, how, 0);

        var first = driver().allocate(request);
        assertThat(first).isInstanceOfAny(Unknown.class, Allocated.class);
        cloud().heal();
        try (var restarted = cloud().connect()) {
            var machines = Conformance.machines(restarted.allocate(request));
            assertThat(machines).hasSize(1);
            assertThat(madeWith(request.token()))
                    .singleElement()
                    .satisfies(m -> assertThat(m.id()).isEqualTo(machines.getFirst().id()));
        }
    }
}
