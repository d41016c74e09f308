package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Disturbance;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Operation;
import org.junit.jupiter.api.Test;

/// Giving back is safe to repeat, whatever state the machine is in.
interface TerminationConformance extends Conformance {

    @Test
    default void a_terminated_machine_is_gone_and_only_that_one() {
        var machine = one(request());
        var other = one(request());

        assertThat(driver().terminate(machine.id())).isInstanceOf(Termination.Accepted.class);
        Await.until(() -> live().size() == 1);
        assertThat(live().getFirst().id()).isEqualTo(other.id());
    }

    @Test
    default void terminating_twice_is_success() {
        var machine = one(request());
        driver().terminate(machine.id());

        Await.until(() -> driver().terminate(machine.id()) instanceof Termination.AlreadyGone);
    }

    @Test
    default void a_machine_that_never_was_is_gone_already() {
        var never = sameForm(one(request()).id());

        assertThat(driver().terminate(never)).isInstanceOf(Termination.AlreadyGone.class);
        assertThat(live()).hasSize(1);
    }

    @Test
    @Needs(Ability.KILL)
    default void a_machine_that_died_by_itself_is_given_back_without_complaint() {
        var machine = one(request());
        cloud().kill(machine.id());

        assertThat(driver().terminate(machine.id()))
                .isInstanceOfAny(Termination.AlreadyGone.class, Termination.Accepted.class);
    }

    @Test
    @Needs(Ability.DISTURBANCES)
    default void a_lost_answer_is_unknown_or_asked_again_and_the_machine_is_gone() {
        for (var how : Disturbance.values()) {
            var machine = one(request());
            cloud().disturb(Operation.TERMINATE, how, 0);

            assertThat(driver().terminate(machine.id()))
                    .as("after %s", how)
                    .isNotInstanceOf(Termination.Refused.class);
            cloud().heal();
            assertThat(driver().terminate(machine.id()))
                    .isInstanceOfAny(Termination.AlreadyGone.class, Termination.Accepted.class);
            Await.until(() -> live().isEmpty());
        }
    }

    @Test
    @Needs(Ability.LAG)
    default void a_machine_that_lists_still_show_can_be_terminated_again() {
        var machine = one(request());
        cloud().lag(Duration.ofSeconds(2));
        driver().terminate(machine.id());

        driver().list(owner());
        assertThat(driver().terminate(machine.id()))
                .isInstanceOfAny(Termination.AlreadyGone.class, Termination.Accepted.class);
        Await.until(() -> live().isEmpty());
    }

    /// The last character, a digit in some base, replaced by another.
    private static InstanceId sameForm(InstanceId id) {
        var value = id.value();
        char last = value.charAt(value.length() - 1);
        var other = value.substring(0, value.length() - 1) + (last == '0' ? '1' : '0');
        return new InstanceId(id.cloud(), id.region(), other);
    }
}
