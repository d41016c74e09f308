package org.deepseekplugin.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Crashes at every place: before and after each commit, before each call of a driver, when the
/// cloud has done the work, and when its answer has come. Beside it lost and late answers, lost and
/// repeated calls of clients, refusals, throttling, lag, vanishing machines and silent agents. In
/// the end, judged by the cloud's own book:
///
/// - *leaked* is a live machine that no replica has;
/// - *doubled* is an intent that ever had more live machines at once than it asked for, or a
///   replica that has more than one in the end. (For a moment a replica may have two: one whose
///   intent is closed or being returned, and its successor.)
/// - *missing* is a ready replica that the client wanted and did not get.
///
/// A failure names its seed: run it alone with `-Dsimulation.seed=…`.
final class SimulationTest {

    @Test
    void no_machine_leaks_or_doubles_in_200_lives() {
        var lives = live(0, 200);
        assertThat(lives.failures()).isEmpty();
    }

    @Test
    @Tag("slow")
    void no_machine_leaks_or_doubles_in_10_000_lives() {
        var lives = live(200, 10_200);
        assertThat(lives.failures()).isEmpty();
        assertThat(lives.tally().spared(200)).as("places where no life ended").isEmpty();
    }

    @Test
    void a_fresh_token_for_each_call_is_caught() {
        var calls = new AtomicInteger();
        Tokens mutant = (intent, _, _) -> intent + "-" + calls.incrementAndGet();
        assertThat(Lives.run(0, 40, mutant).failures())
                .as("lives in which the mutant doubled a machine")
                .anyMatch(failure -> failure.contains("doubled"));
    }

    private static Lives live(long first, long end) {
        var one = Long.getLong("simulation.seed");
        var lives =
                one == null
                        ? Lives.run(first, end, Tokens.derived())
                        : Lives.run(one, one + 1, Tokens.derived());
        System.out.println(lives.tally());
        return lives;
    }
}
