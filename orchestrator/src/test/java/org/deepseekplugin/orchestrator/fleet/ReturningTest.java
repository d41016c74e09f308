package org.deepseekplugin.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.testkit.Fault;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.deepseekplugin.orchestrator.simulation.Installation;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.junit.jupiter.api.Test;

final class ReturningTest {

    @Test
    void a_machine_that_nobody_wants_goes_back_and_is_told_of_once() {
        try (var site = Site.quiet()) {
            site.cloud.next(Action.TERMINATE, new Fault.LoseRequest(), Fault.throttle());
            site.cloud.allocate(strange());
            site.run(Duration.ofMinutes(5));
            assertThat(site.cloud.book().live()).isEmpty();
            assertThat(site.events("machine.stray")).hasSize(1);
        }
    }

    @Test
    void clocks_that_are_set_hold_up_neither_listings_nor_terminations() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(45));
            site.cloud.next(Action.TERMINATE, new Fault.LoseRequest());
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofSeconds(6));
            site.world.setClocksBy(Duration.ofHours(-1));
            site.run(Duration.ofMinutes(1));
            assertThat(site.cloud.book().live()).isEmpty();
            assertThat(site.service("chat")).isEmpty();
        }
    }

    @Test
    void a_machine_whose_agent_never_comes_goes_back_and_another_is_rented() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            site.agents.silence(site.onlyMachine());
            site.run(Duration.ofSeconds(90 + 45));
            assertThat(site.cloud.book().launches()).hasSize(2);
            assertThat(site.ready()).isEqualTo(1);
        }
    }

    private static AllocationRequest strange() {
        return new AllocationRequest(
                "int-of-a-lost-store",
                "token",
                Installation.OWNER,
                1,
                1,
                Market.SPOT,
                "west-1",
                "west-1a",
                "cpu.small",
                Cohesion.ANY,
                new Bootstrap(List.of(), Map.of(), List.of("true")),
                Map.of());
    }
}
