package org.deepseekplugin.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.testkit.Fault;
import org.deepseekplugin.cloud.testkit.Launch;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.placement.Refusal;
import org.deepseekplugin.orchestrator.simulation.Installation;
import org.deepseekplugin.orchestrator.simulation.ScriptedDriver;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.junit.jupiter.api.Test;

final class AskingTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final CloudFailure IN_TROUBLE =
            new CloudFailure(
                    CloudFailure.Kind.UNAVAILABLE,
                    new FailureScope.Region("west-1"),
                    "InternalError",
                    "sorry");
    private static final CloudFailure NO_STOCK =
            new CloudFailure(
                    CloudFailure.Kind.CAPACITY,
                    new FailureScope.OneRequest(),
                    "NoStock",
                    "no more");

    private static final ScriptedDriver.Answer REFUSE =
            (_, _) -> new AllocationResult.Refused(NO_STOCK);

    @Test
    void a_lost_answer_is_asked_for_with_the_same_request_through_a_crash() {
        try (var site = Site.quiet()) {
            site.cloud.next(
                    Action.ALLOCATE,
                    new Fault.LoseAnswer(),
                    new Fault.LoseAnswer(),
                    Fault.throttle());
            site.deploy("chat", 1);
            site.run(A_MOMENT);
            site.installation.kill();
            site.installation.boot();
            site.run(Duration.ofMinutes(1));
            assertThat(site.cloud.calls(Action.ALLOCATE)).isEqualTo(4);
            assertThat(site.cloud.book().launches()).hasSize(1);
            assertThat(site.ready()).isEqualTo(1);
        }
    }

    @Test
    void a_refusal_moves_on_to_the_next_offer_with_another_token() {
        try (var site = Site.of(cloud -> new ScriptedDriver(cloud, REFUSE, REFUSE))) {
            site.deploy("chat", 1);
            site.run(A_MOMENT);
            assertThat(intents(site))
                    .extracting(Intent::state)
                    .containsExactly(Intent.State.CLOSED, Intent.State.CLOSED, Intent.State.HELD);
            assertThat(intents(site)).extracting(i -> i.offer().zone()).doesNotHaveDuplicates();
            assertThat(intents(site)).extracting(Intent::token).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_refusal_that_did_not_look_at_the_token_leaves_the_doubt() {
        try (var site = Site.quiet()) {
            site.cloud.next(Action.ALLOCATE, new Fault.LoseAnswer(), new Fault.Refuse(IN_TROUBLE));
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(10));
            assertThat(intents(site)).extracting(Intent::state).containsExactly(Intent.State.HELD);
            assertThat(site.cloud.book().launches()).hasSize(1);
        }
    }

    @Test
    void a_partial_answer_without_a_machine_is_a_refusal() {
        var none = new AllocationResult.Partial(List.of(), NO_STOCK);
        try (var site = Site.of(cloud -> new ScriptedDriver(cloud, (_, _) -> none))) {
            site.deploy("chat", 1);
            site.run(A_MOMENT);
            assertThat(intents(site))
                    .extracting(Intent::state)
                    .containsExactly(Intent.State.CLOSED, Intent.State.HELD);
        }
    }

    @Test
    void a_driver_that_names_no_machine_is_asked_again() {
        var none = new AllocationResult.Allocated(List.of());
        try (var site = Site.of(cloud -> new ScriptedDriver(cloud, (_, _) -> none))) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(10));
            assertThat(intents(site)).extracting(Intent::state).containsExactly(Intent.State.HELD);
            assertThat(intents(site).getFirst().calls()).isEqualTo(2);
        }
    }

    @Test
    void nobody_gives_up_a_question_while_it_is_on_its_way() {
        var sites = new ArrayList<Site>();
        ScriptedDriver.Answer slow =
                (request, cloud) -> {
                    // so long ago that its token does not count any more
                    sites.getFirst().world.setClocksBy(Duration.ofDays(1));
                    sites.getFirst().run(Duration.ofMinutes(2));
                    return cloud.allocate(request);
                };
        try (var site = Site.of(cloud -> new ScriptedDriver(cloud, slow))) {
            sites.add(site);
            site.deploy("chat", 1);
            site.run(A_MOMENT);
            assertThat(intents(site)).extracting(Intent::state).containsExactly(Intent.State.HELD);
            assertThat(site.cloud.book().launches()).hasSize(1);
        }
    }

    @Test
    void what_one_replica_was_refused_the_others_do_not_ask_for() {
        try (var site = Site.quiet()) {
            for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
                site.cloud.setCapacity(zone, "cpu.small", 0);
            }
            site.deploy("chat", 100);
            site.run(Duration.ofSeconds(90));
            assertThat(site.cloud.calls(Action.ALLOCATE)).as("offers that there are").isEqualTo(4);
            assertThat(refusals(site)).hasSize(4).extracting(Refusal::times).containsOnly(1);
        }
    }

    @Test
    void a_cloud_that_is_switched_off_gives_up_what_it_was_never_asked_for() {
        try (var site = Site.quiet()) {
            var throttled = IntStream.range(0, 100).mapToObj(_ -> Fault.throttle());
            site.cloud.next(Action.ALLOCATE, throttled.toArray(Fault[]::new));
            site.deploy("chat", 1);
            site.run(A_MOMENT);
            site.installation.kill();
            var other =
                    new SimulatedCloud(
                            SimulationSettings.small("other"), site.world, new Random(3));
            var now =
                    new Installation(
                            site.store, site.world, List.of(Installation.cloud("other", other)));
            now.boot();
            site.run(Duration.ofSeconds(10));
            assertThat(other.book().live()).hasSize(1);
            now.kill();
        }
    }

    @Test
    void requests_are_kept_as_long_as_they_may_be_repeated() {
        try (var site = Site.quiet()) {
            site.cloud.next(Action.ALLOCATE, new Fault.LoseAnswer());
            site.deploy("chat", 1);
            site.run(Duration.ofMillis(10));
            assertThat(storedRequest(site)).contains("join.sh");
            site.run(Duration.ofSeconds(10));
            assertThat(storedRequest(site)).isEmpty();
            assertThat(site.cloud.book().launches())
                    .extracting(Launch::request)
                    .allMatch(request -> request.token().startsWith(request.intent()));
        }
    }

    /// The oldest first.
    private static List<Intent> intents(Site site) {
        return site.server().fleet().intents(Site.PROJECT, 100).stream()
                .sorted(java.util.Comparator.comparing(Intent::attempt))
                .toList();
    }

    private static List<Refusal> refusals(Site site) {
        return site.store.read(
                new org.deepseekplugin.orchestrator.placement.Refusals(site.world)::active);
    }

    private static String storedRequest(Site site) {
        return site.store.read(tx ->
                tx.first("select request from intent", row -> row.text("request")).orElseThrow());
    }
}
