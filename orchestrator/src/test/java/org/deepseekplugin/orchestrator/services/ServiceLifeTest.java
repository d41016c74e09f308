package org.deepseekplugin.orchestrator.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.testkit.Fault;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.deepseekplugin.orchestrator.events.Event;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;

/// A service from its deployment to its end. Machines boot in 20 s, agents speak every 5 s; steps
/// that only wait for a timer would take 30 s or more each.
final class ServiceLifeTest {
    private static final Duration BOOTED_AND_LOADED = Duration.ofSeconds(45);
    private static final Duration NOTICED_DEAD = Duration.ofSeconds(40);

    @Test
    void a_service_is_ready_as_soon_as_its_machines_can_be() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 3);
            site.run(BOOTED_AND_LOADED);
            assertThat(site.ready()).isEqualTo(3);
        }
    }

    @Test
    void a_deleted_service_is_gone_as_soon_as_its_machines_are() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 2);
            site.run(BOOTED_AND_LOADED);
            site.server().services().delete(Site.PROJECT, "chat");
            // engines stop at the next heartbeat, machines in 10 s, listings lag 5 s and come every
            // 5 s
            site.run(Duration.ofSeconds(45));
            assertThat(site.service("chat")).isEmpty();
            assertThat(site.cloud.book().live()).isEmpty();
        }
    }

    @Test
    void a_dead_nodes_replica_moves_at_once() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(BOOTED_AND_LOADED);
            site.agents.silence(site.onlyMachine());
            site.run(NOTICED_DEAD);
            var dead = at(site.events("node.dead"));
            assertThat(at(site.events("replica.lost"))).isEqualTo(dead);
            assertThat(at(site.events("machine.releasing"))).isEqualTo(dead);
            assertThat(site.ready()).isZero();
            site.run(BOOTED_AND_LOADED);
            assertThat(site.ready()).isEqualTo(1);
        }
    }

    @Test
    void a_machine_that_its_cloud_has_lost_gets_no_more_requests() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(BOOTED_AND_LOADED);
            site.cloud.vanish(site.onlyMachine());
            while (site.events("machine.lost").isEmpty()) {
                site.run(Duration.ofMillis(100));
            }
            site.run(Duration.ofMillis(100));
            assertThat(site.ready()).isZero();
            assertThat(site.events("replica.lost")).hasSize(1);
        }
    }

    @Test
    void a_lost_node_is_told_of_once_and_a_returned_one_never() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 2);
            site.run(BOOTED_AND_LOADED);
            site.agents.silence(site.cloud.book().live().getFirst().id());
            site.run(Duration.ofMinutes(5));
            assertThat(site.events("node.dead")).hasSize(1);
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofMinutes(5));
            assertThat(site.events("node.dead")).hasSize(1);
            assertThat(site.server().nodes().list(Site.PROJECT)).isEmpty();
        }
    }

    @Test
    void a_service_is_listed_until_its_machines_are_gone() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(BOOTED_AND_LOADED);
            var machine = site.onlyMachine();
            var lost = Collections.nCopies(7, new Fault.LoseRequest());
            site.cloud.next(Action.TERMINATE, lost.toArray(Fault[]::new));
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofSeconds(10));
            // it is being shut down, but its cloud takes its time
            site.agents.silence(machine);
            site.run(Duration.ofSeconds(50));
            assertThat(site.onlyMachine()).isEqualTo(machine);
            assertThat(site.service("chat")).isPresent();
            assertThat(site.events("node.dead")).as("no news").isEmpty();
            site.run(Duration.ofMinutes(15));
            assertThat(site.service("chat")).isEmpty();
        }
    }

    @Test
    void what_is_deleted_while_its_launch_is_under_way_costs_one_machine_at_most() {
        try (var site = Site.quiet()) {
            site.cloud.next(Action.ALLOCATE, new Fault.Late(Duration.ofSeconds(20)));
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofMinutes(3));
            assertThat(site.service("chat")).isEmpty();
            assertThat(site.cloud.book().launches()).hasSize(1);
            assertThat(site.cloud.book().live()).isEmpty();
        }
    }

    @Test
    void what_is_deleted_before_it_was_placed_is_never_rented() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 3);
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofMinutes(3));
            assertThat(site.service("chat")).isEmpty();
            assertThat(site.cloud.book().launches()).isEmpty();
        }
    }

    @Test
    void no_request_reaches_an_engine_of_before_the_change() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(BOOTED_AND_LOADED);
            site.server().services().deploy(Site.PROJECT, withSlots(2));
            site.run(Duration.ofSeconds(1));
            assertThat(site.ready()).as("ready before the agent has acted").isZero();
            site.run(Duration.ofSeconds(10));
            var engine = site.agents.engines(site.onlyMachine()).getFirst();
            assertThat(engine.options()).containsEntry("slots", "2");
            assertThat(site.ready()).isEqualTo(1);
            assertThat(site.cloud.book().launches()).as("it stays where it is").hasSize(1);
        }
    }

    @Test
    void a_change_of_the_number_of_replicas_disturbs_none_of_them() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(BOOTED_AND_LOADED);
            site.deploy("chat", 2);
            site.run(Duration.ofMillis(100));
            assertThat(site.ready()).isEqualTo(1);
        }
    }

    @Test
    void a_resource_is_called_by_its_id_and_is_nobodys_service() {
        try (var site = Site.quiet()) {
            var resource =
                    site.server()
                            .services()
                            .allocate(
                                    Site.PROJECT,
                                    Optional.empty(),
                                    Site.CONFIG,
                                    Site.MODEL,
                                    Optional.empty())
                            .service();
            assertThat(resource.name()).isEqualTo(resource.id()).startsWith("res-");
            assertThatThrownBy(() -> site.deploy(resource.name(), 4))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        }
    }

    private static ServiceSpec withSlots(int slots) {
        var plain = ServiceSpec.simple("chat", Site.MODEL, 1, List.of(Site.CONFIG));
        var options = Map.of("slots", String.valueOf(slots));
        return new ServiceSpec(
                plain.name(),
                plain.model(),
                plain.replicas(),
                plain.where(),
                plain.prefer(),
                plain.standby(),
                new ServiceSpec.Engine(
                        ServiceSpec.Engine.Name.AUTO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        options),
                plain.idleTimeout(),
                plain.scalingPolicies());
    }

    private static java.time.Instant at(List<Event> events) {
        assertThat(events).hasSize(1);
        return events.getFirst().at();
    }
}
