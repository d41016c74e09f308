package org.deepseekplugin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deepseekplugin.orchestrator.simulation.World;
import org.junit.jupiter.api.Test;

final class ReconcileLoopTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world = new World(1);
    private final Surroundings surroundings =
            new Surroundings(world, new Random(1), world.process());
    private final List<String> runs = new ArrayList<>();

    @Test
    void pokes_before_the_work_starts_are_one() {
        var loop = loop(_ -> Optional.empty());
        loop.poke("a");
        loop.poke("a");
        loop.poke("b");
        world.runFor(MINUTE);
        assertThat(runs).containsExactly("a", "b");
    }

    @Test
    void a_poke_during_the_work_runs_it_again() {
        var loops = new ArrayList<ReconcileLoop>();
        var loop =
                loop(key -> {
                    if (runs.size() == 1) {
                        loops.getFirst().poke(key);
                    }
                    return Optional.empty();
                });
        loops.add(loop);
        loop.poke("a");
        world.runFor(MINUTE);
        assertThat(runs).containsExactly("a", "a");
    }

    @Test
    void the_work_says_when_it_runs_again_unless_somebody_pokes_before() {
        var loop = loop(_ -> Optional.of(Duration.ofSeconds(40)));
        loop.poke("a");
        world.runFor(Duration.ofSeconds(30));
        loop.poke("a");
        world.runFor(Duration.ofSeconds(30));
        assertThat(runs).hasSize(2);
        world.runFor(Duration.ofSeconds(20));
        assertThat(runs).hasSize(3);
    }

    @Test
    void failures_are_retried_ever_more_slowly() {
        var loop =
                loop(_ -> {
                    throw new IllegalStateException("on purpose");
                });
        loop.poke("a");
        world.runFor(MINUTE);
        assertThat(runs).hasSizeBetween(5, 9);
        world.runFor(Duration.ofHours(1));
        assertThat(runs).as("once a minute at least").hasSizeBetween(60, 140);
    }

    @Test
    void a_key_outlives_an_error() {
        var loop =
                loop(_ -> {
                    if (runs.size() == 1) {
                        throw new StackOverflowError("on purpose");
                    }
                    return Optional.empty();
                });
        loop.poke("a");
        assertThatThrownBy(() -> world.runFor(MINUTE)).isInstanceOf(StackOverflowError.class);
        world.runFor(MINUTE);
        assertThat(runs).hasSize(2);
    }

    private ReconcileLoop loop(ReconcileLoop.Work work) {
        return new ReconcileLoop(
                "test",
                surroundings,
                key -> {
                    runs.add(key);
                    return work.reconcile(key);
                });
    }
}
