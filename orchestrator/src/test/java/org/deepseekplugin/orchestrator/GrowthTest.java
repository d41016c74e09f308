package org.deepseekplugin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.junit.jupiter.api.Test;

/// What has ended is forgotten after a while.
final class GrowthTest {
    private static final Duration CLEANED = Duration.ofHours(1);

    @Test
    void services_that_came_and_went_leave_nothing_after_a_week() {
        try (var site = Site.quiet()) {
            for (int i = 0; i < 3; i++) {
                site.deploy("chat-" + i, 2);
                site.run(Duration.ofSeconds(50));
                site.agents.silence(site.cloud.book().live().getFirst().id());
                site.run(Duration.ofMinutes(2));
                site.server().services().delete(Site.PROJECT, "chat-" + i);
                site.run(Duration.ofMinutes(2));
            }
            assertThat(count(site, "intent")).isEqualTo(9);
            site.world.setClocksBy(Duration.ofDays(8));
            site.run(CLEANED);
            for (var table :
                    List.of("service", "replica", "replica_member", "intent", "instance", "node")) {
                assertThat(count(site, table)).as(table).isZero();
            }
        }
    }

    @Test
    void refused_intents_are_kept_for_a_day() {
        try (var site = Site.quiet()) {
            for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
                site.cloud.setCapacity(zone, "cpu.small", 0);
            }
            site.deploy("chat", 1);
            site.run(Duration.ofHours(2));
            long atFirst = count(site, "intent");
            site.world.setClocksBy(Duration.ofHours(23));
            site.run(Duration.ofHours(2));
            assertThat(count(site, "intent")).isLessThan(atFirst * 2);
        }
    }

    @Test
    void the_newest_events_are_kept() {
        try (var site = Site.quiet()) {
            var events = site.server().events();
            site.store.run(tx -> {
                for (int i = 0; i < 100_500; i++) {
                    events.append(tx, Site.PROJECT, "test", "subject", "number " + i);
                }
            });
            site.run(CLEANED);
            assertThat(count(site, "event")).isEqualTo(100_000);
            assertThat(events.list(Site.PROJECT, 100_499, 1).getFirst().message())
                    .isEqualTo("number 100499");
        }
    }

    private static long count(Site site, String table) {
        return site.store.<Long>read(tx ->
                tx.first("select count(*) as n from " + table, row -> row.number("n"))
                        .orElseThrow());
    }
}
