package org.deepseekplugin.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.orchestrator.fleet.Throttle.Entry;
import org.deepseekplugin.orchestrator.fleet.Throttle.Outcome;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.simulation.World;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private static final Outcome ANSWERED = new Outcome.Answered();
    private static final Outcome TOO_MANY =
            new Outcome.Failed(
                    new CloudFailure(
                            CloudFailure.Kind.THROTTLED,
                            new FailureScope.Account(),
                            "RequestLimitExceeded",
                            "slow down"));

    private final World world = new World(1);
    private final List<String> woken = new ArrayList<>();
    private final Throttle throttle =
            new Throttle(
                    new Surroundings(world.wall(), new Random(1), world.process()), woken::add);

    @Test
    void who_waits_is_woken_in_turn_and_need_not_look_again_meanwhile() {
        var passes = enter(8);
        for (int i = 0; i < 1_000; i++) {
            assertThat(throttle.enter("job-" + i)).isInstanceOf(Entry.Later.class);
        }
        assertThat(later(throttle.enter("job-0"))).isGreaterThan(Duration.ofSeconds(29));
        throttle.leave(passes.get(0), ANSWERED);
        throttle.leave(passes.get(1), ANSWERED);
        assertThat(woken).containsExactly("job-0", "job-1");
    }

    @Test
    void after_too_many_calls_one_tries_and_then_the_others_follow() {
        throttle.leave(enter(1).getFirst(), TOO_MANY);
        assertThat(throttle.enter("early")).isInstanceOf(Entry.Later.class);
        world.runFor(Duration.ofSeconds(2));
        var first = enter(1).getFirst();
        assertThat(throttle.enter("second")).isInstanceOf(Entry.Later.class);
        throttle.leave(first, ANSWERED);
        assertThat(woken).containsExactly("second");
        assertThat(enter(8)).hasSize(8);
    }

    @Test
    void a_crowd_that_was_refused_together_waits_as_long_as_one() {
        enter(8).forEach(pass -> throttle.leave(pass, TOO_MANY));
        assertThat(later(throttle.enter("next"))).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void those_refused_again_and_again_wait_longer_up_to_a_minute() {
        for (int i = 0; i < 12; i++) {
            throttle.leave(enter(1).getFirst(), TOO_MANY);
            world.runFor(Duration.ofSeconds(61));
        }
        throttle.leave(enter(1).getFirst(), TOO_MANY);
        assertThat(later(throttle.enter("next")))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
    }

    @Test
    void a_longer_time_that_the_cloud_names_is_obeyed() {
        var named =
                new CloudFailure(
                        CloudFailure.Kind.THROTTLED,
                        new FailureScope.Account(),
                        "TooManyRequests",
                        "slow down",
                        Optional.of(Duration.ofMinutes(5)));
        throttle.leave(enter(1).getFirst(), new Outcome.Failed(named));
        assertThat(later(throttle.enter("next"))).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void silence_does_not_count_as_getting_through() {
        throttle.leave(enter(1).getFirst(), TOO_MANY);
        world.runFor(Duration.ofSeconds(2));
        throttle.leave(enter(1).getFirst(), new Outcome.Silence());
        assertThat(enter(1)).hasSize(1);
        assertThat(throttle.enter("second")).isInstanceOf(Entry.Later.class);
    }

    @Test
    void a_listing_waits_in_no_queue() {
        enter(8);
        assertThat(throttle.enter("job")).isInstanceOf(Entry.Later.class);
        assertThat(throttle.enterFirst()).isInstanceOf(Entry.Pass.class);
    }

    @Test
    void setting_the_clock_neither_opens_nor_closes_it() {
        throttle.leave(enter(1).getFirst(), TOO_MANY);
        world.setClocksBy(Duration.ofHours(1));
        assertThat(throttle.enter("job")).isInstanceOf(Entry.Later.class);
        world.setClocksBy(Duration.ofHours(-2));
        world.runFor(Duration.ofSeconds(2));
        assertThat(throttle.enter("job")).isInstanceOf(Entry.Pass.class);
    }

    private List<Entry.Pass> enter(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (Entry.Pass) throttle.enter("caller-" + i))
                .toList();
    }

    private static Duration later(Entry entry) {
        return ((Entry.Later) entry).delay();
    }
}
