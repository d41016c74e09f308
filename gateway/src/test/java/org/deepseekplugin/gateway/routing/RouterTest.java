package org.deepseekplugin.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final Endpoint a = endpoint("a");
    private final Endpoint b = endpoint("b");
    private final Endpoint c = endpoint("c");

    @Test
    void nothing_ready_is_no_choice() {
        assertThat(choose(List.of(), Set.of(), Set.of(), Map.of())).isEmpty();
    }

    @Test
    void of_two_the_less_busy_is_taken() {
        for (int i = 0; i < 50; i++) {
            assertThat(choose(List.of(a, b), Set.of(), Set.of(), Map.of("a", 3, "b", 2)))
                    .contains(b);
        }
    }

    @Test
    void the_busiest_of_three_is_never_taken() {
        for (int i = 0; i < 200; i++) {
            assertThat(choose(List.of(a, b, c), Set.of(), Set.of(), Map.of("a", 9, "b", 2, "c", 2)))
                    .isNotEqualTo(java.util.Optional.of(a));
        }
    }

    @Test
    void load_spreads_evenly() {
        Map<String, Integer> load = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            var chosen = choose(List.of(a, b, c), Set.of(), Set.of(), load).orElseThrow();
            load.merge(chosen.id(), 1, Integer::sum);
        }

        assertThat(load.values()).allMatch(calls -> Math.abs(calls - 1000) < 5);
    }

    @Test
    void what_was_tried_or_ejected_comes_last() {
        assertThat(choose(List.of(a, b, c), Set.of("a"), Set.of("b"), Map.of("c", 99))).contains(c);
        assertThat(choose(List.of(a, b), Set.of("a"), Set.of("b"), Map.of())).contains(b);
        assertThat(choose(List.of(a, b), Set.of(), Set.of("a", "b"), Map.of("a", 1))).contains(b);
        assertThat(choose(List.of(a), Set.of("a"), Set.of("a"), Map.of())).contains(a);
    }

    private java.util.Optional<Endpoint> choose(
            List<Endpoint> ready,
            Set<String> tried,
            Set<String> ejected,
            Map<String, Integer> load) {
        return Router.choose(
                ready, tried, ejected::contains, id -> load.getOrDefault(id, 0), random);
    }

    private static Endpoint endpoint(String id) {
        return Endpoint.replica(id, "tiny", new Reach.Direct("127.0.0.1", 1, id));
    }
}
