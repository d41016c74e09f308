package org.deepseekplugin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.deepseekplugin.orchestrator.simulation.CountingDatabase;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.platform.store.Database;
import org.junit.jupiter.api.Test;

/// What a replica costs does not grow with their number. Counted in statements and rows, not in
/// time.
final class ScaleTest {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration LATER = Duration.ofMinutes(5);

    private record Cost(double start, double later, int listings) {}

    @Test
    void four_hundred_services_cost_each_what_forty_do() {
        compare(services(40), services(400));
    }

    @Test
    void four_hundred_replicas_of_one_service_cost_each_what_forty_do() {
        compare(replicas(40), replicas(400));
    }

    private static void compare(Cost few, Cost many) {
        assertThat(many.start()).as("from nothing to ready").isLessThan(few.start() * 1.5);
        assertThat(many.later()).as("in peace").isLessThan(few.later() * 1.5);
        assertThat(many.listings()).as("listings").isLessThan(few.listings() + 20);
    }

    private static Cost services(int count) {
        return measure(
                count,
                site -> {
                    for (int i = 0; i < count; i++) {
                        site.deploy("chat-" + i, 1);
                    }
                });
    }

    private static Cost replicas(int count) {
        return measure(count, site -> site.deploy("chat", count));
    }

    private static Cost measure(int replicas, java.util.function.Consumer<Site> deploy) {
        var counting = new AtomicReference<CountingDatabase>();
        try (var site = Site.counting(store -> count(store, counting))) {
            for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
                site.cloud.setCapacity(zone, "cpu.small", 10_000);
            }
            deploy.accept(site);
            site.run(START);
            assertThat(site.ready()).isEqualTo(replicas);
            double start = counting.get().cost().getAndSet(0);
            site.run(LATER);
            double later = counting.get().cost().get();
            return new Cost(start / replicas, later / replicas, site.cloud.calls(Action.LIST));
        }
    }

    private static Database count(Database store, AtomicReference<CountingDatabase> counting) {
        counting.set(new CountingDatabase(store));
        return counting.get();
    }
}
