package org.deepseekplugin.cloud.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Partial;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.AllocationResult.Unknown;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.Capabilities.TokenScope;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.junit.jupiter.api.Test;

final class SimulatedCloudTest {
    private static final OwnerTag OWNER = new OwnerTag("me");
    private static final SimulationSettings SETTINGS = SimulationSettings.small("sim");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private SimulatedCloud cloud = cloud(SETTINGS);

    @Test
    void same_token_gives_the_same_machine() {
        var first = cloud.allocate(request("t1", "west-1a"));
        var second = cloud.allocate(request("t1", "west-1a"));

        assertThat(second).isEqualTo(first).isInstanceOf(Allocated.class);
        assertThat(cloud.book().launches()).hasSize(1);
    }

    @Test
    void same_token_in_another_zone_makes_another_machine_where_tokens_are_zonal() {
        cloud.allocate(request("t1", "west-1a"));
        cloud.allocate(request("t1", "west-1b"));

        assertThat(cloud.book().launchesWith("t1")).hasSize(2);
        assertThat(cloud.book().doubled()).isEqualTo(Map.of("intent", 2));
    }

    @Test
    void same_token_with_other_parameters_is_refused() {
        cloud = cloud(SETTINGS.withTokenScope(TokenScope.REGION));
        cloud.allocate(request("t1", "west-1a"));

        assertThat(failureCode(cloud.allocate(request("t1", "west-1b"))))
                .isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void token_of_a_terminated_machine_is_refused() {
        var machine = allocated(request("t1", "west-1a"));
        cloud.terminate(machine.instances().getFirst().id());

        assertThat(failureCode(cloud.allocate(request("t1", "west-1a"))))
                .isEqualTo("IdempotentInstanceTerminated");
    }

    @Test
    void lost_answer_leaves_a_machine_that_the_same_token_finds() {
        cloud.next(Action.ALLOCATE, new Fault.LoseAnswer());

        assertThat(cloud.allocate(request("t1", "west-1a"))).isInstanceOf(Unknown.class);
        assertThat(cloud.book().live()).hasSize(1);
        allocated(request("t1", "west-1a"));
        assertThat(cloud.book().live()).hasSize(1);
    }

    @Test
    void lost_request_makes_nothing_and_a_late_one_makes_a_machine_later() {
        cloud.next(Action.ALLOCATE, new Fault.LoseRequest(), new Fault.Late(Duration.ofSeconds(9)));
        cloud.allocate(request("lost", "west-1a"));
        cloud.allocate(request("late", "west-1a"));
        assertThat(cloud.book().live()).isEmpty();

        pass(Duration.ofSeconds(9));
        assertThat(cloud.book().launches())
                .extracting(launch -> launch.request().token())
                .containsExactly("late");
    }

    @Test
    void new_machines_show_up_and_ended_ones_disappear_late() {
        var machine = allocated(request("t1", "west-1a")).instances().getFirst();
        pass(SETTINGS.listingLag());
        assertThat(cloud.list(OWNER).instances()).hasSize(1);
        assertThat(cloud.list(new OwnerTag("other")).instances()).isEmpty();

        pass(SETTINGS.bootDelay());
        assertThat(listedState()).isEqualTo(InstanceState.RUNNING);
        cloud.terminate(machine.id());
        assertThat(listedState()).isEqualTo(InstanceState.RUNNING);
        pass(Duration.ofMinutes(1));
        assertThat(listedState()).isEqualTo(InstanceState.TERMINATED);
        pass(Duration.ofHours(2));
        assertThat(cloud.list(OWNER).instances()).isEmpty();
    }

    @Test
    void vanished_machine_is_already_gone() {
        var machine = allocated(request("t1", "west-1a")).instances().getFirst();
        cloud.vanish(machine.id());

        assertThat(cloud.book().live()).isEmpty();
        assertThat(cloud.terminate(machine.id())).isInstanceOf(Termination.AlreadyGone.class);
    }

    @Test
    void empty_zone_refuses_for_the_type_in_the_zone_and_a_scarce_one_gives_a_part() {
        cloud.setCapacity("west-1a", "cpu.small", 0);
        cloud.setCapacity("west-1b", "cpu.small", 1);

        var refused = (Refused) cloud.allocate(request("t1", "west-1a"));
        assertThat(refused.failure().scope())
                .isEqualTo(new FailureScope.TypeInZone("cpu.small", "west-1a"));
        var partial = (Partial) cloud.allocate(request("t2", "west-1b", 2, 2));
        assertThat(partial.instances()).hasSize(1);
        assertThat(partial.failure().kind()).isEqualTo(Kind.CAPACITY);
    }

    @Test
    void quota_is_counted_in_vcpus_of_a_family_in_a_region() {
        cloud.setVcpuQuota("cpu", "west-1", 2);
        allocated(request("t1", "west-1a"));

        assertThat(failureCode(cloud.allocate(request("t2", "west-1b"))))
                .isEqualTo("VcpuLimitExceeded");
        allocated(request("t3", "east-1a"));
    }

    @Test
    void throttling_refuses_each_action_in_its_own_way() {
        var machine = allocated(request("t1", "west-1a")).instances().getFirst();
        for (var action : Action.values()) {
            cloud.next(action, Fault.throttle());
        }

        assertThat(failureCode(cloud.allocate(request("t2", "west-1a"))))
                .isEqualTo("RequestLimitExceeded");
        assertThat(cloud.terminate(machine.id())).isInstanceOf(Termination.Refused.class);
        assertThatThrownBy(() -> cloud.list(OWNER)).isInstanceOf(CloudException.class);
    }

    @Test
    void book_counts_leaks() {
        allocated(request("t1", "west-1a"));

        assertThat(cloud.book().leaked(List.of("intent"))).isEmpty();
        assertThat(cloud.book().leaked(List.of())).hasSize(1);
    }

    @Test
    void equal_seeds_give_equal_books() {
        assertThat(randomRun(7)).isEqualTo(randomRun(7));
        assertThat(randomRun(7)).isNotEqualTo(randomRun(8));
    }

    private LaunchBook randomRun(long seed) {
        now = Instant.EPOCH;
        cloud = new SimulatedCloud(SETTINGS, () -> now, new Random(seed));
        cloud.faultRates(FaultRates.rough());
        for (int i = 0; i < 100; i++) {
            cloud.allocate(request("t" + i, "west-1a"));
            pass(Duration.ofSeconds(1));
        }
        return cloud.book();
    }

    private InstanceState listedState() {
        return cloud.list(OWNER).instances().getFirst().state();
    }

    private Allocated allocated(AllocationRequest request) {
        return (Allocated) cloud.allocate(request);
    }

    private static String failureCode(AllocationResult result) {
        return ((Refused) result).failure().code();
    }

    private SimulatedCloud cloud(SimulationSettings settings) {
        return new SimulatedCloud(settings, () -> now, new Random(1));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static AllocationRequest request(String token, String zone) {
        return request(token, zone, 1, 1);
    }

    private static AllocationRequest request(String token, String zone, int min, int max) {
        return new AllocationRequest(
                "intent",
                token,
                OWNER,
                min,
                max,
                Market.ON_DEMAND,
                zone.substring(0, zone.length() - 1),
                zone,
                "cpu.small",
                Cohesion.ANY,
                new Bootstrap(List.of(), Map.of(), List.of("true")),
                Map.of());
    }
}
