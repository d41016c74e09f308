package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deepseekplugin.emulator.AwsFixture.failure;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.nio.file.Path;
import java.time.Duration;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

final class AwsFaultsIT {
    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void throttling_is_a_503_as_often_as_ordered() {
        cloud.emulator.control().fault(Fault.of("*", "RequestLimitExceeded", 2, null, null, null));

        assertThat(failure(cloud.ec2::describeInstances).statusCode()).isEqualTo(503);
        assertThat(refusal(cloud.ec2::describeRegions)).isEqualTo("RequestLimitExceeded");
        cloud.ec2.describeRegions();
        assertThat(cloud.emulator.control().truth("").calls().get("DescribeRegions").byResult())
                .containsEntry("RequestLimitExceeded", 1)
                .containsEntry("ok", 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "TRUNCATE_AFTER", "HANG_AFTER"})
    void an_answer_lost_after_the_work_leaves_one_machine_for_its_token(FaultMode mode) {
        int n = mode == FaultMode.HANG_AFTER ? 1 : 0;
        cloud.emulator.control().fault(Fault.of("RunInstances", null, 1, mode, null, n));

        assertThatThrownBy(() -> cloud.run("t", r -> {})).isInstanceOf(SdkClientException.class);

        assertThat(cloud.launches()).isEqualTo(1);
        var id = cloud.run("t", r -> {});
        assertThat(cloud.emulator.control().truth("").launches())
                .singleElement()
                .satisfies(made -> assertThat(made.id()).isEqualTo(id));
    }

    @Test
    void a_doubled_delivery_makes_one_machine_with_a_token_and_two_without() {
        cloud.emulator.control().fault(Fault.of("RunInstances", FaultMode.DUPLICATE));
        cloud.run("t", r -> {});
        assertThat(cloud.launches()).isEqualTo(1);

        cloud.emulator.control().fault(Fault.of("TerminateInstances", FaultMode.DUPLICATE));
        var id = cloud.run("t", r -> {});
        cloud.ec2.terminateInstances(r -> r.instanceIds(id));
        assertThat(cloud.calls("TerminateInstances")).contains(2);
    }

    @Test
    void a_partial_launch_gets_as_many_as_the_fault_says() {
        cloud.emulator
                .control()
                .fault(Fault.of("RunInstances", null, 2, FaultMode.PARTIAL, null, 3));

        assertThat(cloud.run(cloud.order("t", r -> r.minCount(1).maxCount(8)))).hasSize(3);
        assertThat(refusal(() -> cloud.run(cloud.order("u", r -> r.minCount(4).maxCount(8)))))
                .isEqualTo("InsufficientInstanceCapacity");
    }

    @Test
    void a_delayed_answer_comes_late() {
        cloud.emulator.control().fault(Fault.of("DescribeRegions", FaultMode.DELAY));
        long begin = System.nanoTime();

        cloud.ec2.describeRegions();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void a_listing_can_break_on_a_later_page() {
        cloud.run(cloud.order("t", r -> r.maxCount(12)));
        cloud.emulator
                .control()
                .fault(Fault.of("DescribeInstances", "InternalError", 1, null, "NextToken=", null));
        var pages = cloud.ec2.describeInstancesPaginator(r -> r.maxResults(5)).iterator();

        assertThat(pages.next().reservations()).isNotEmpty();
        assertThat(refusal(pages::next)).isEqualTo("InternalError");
    }

    @Test
    void lagging_lists_miss_new_machines_and_show_released_ones() {
        cloud.emulator.control().lag(Duration.ofSeconds(5));
        var id = cloud.run("t", r -> {});
        assertThat(refusal(() -> cloud.describe(id))).isEqualTo("InvalidInstanceID.NotFound");
        assertThat(cloud.list("client-token", "t")).isEmpty();

        cloud.clock.advance(Duration.ofSeconds(5));
        Await.until("it runs", () -> cloud.state(id) == InstanceStateName.RUNNING);
        cloud.clock.advance(Duration.ofSeconds(5));
        cloud.ec2.terminateInstances(r -> r.instanceIds(id));

        assertThat(cloud.state(id)).isEqualTo(InstanceStateName.RUNNING);
        Await.until("the truth knows", () -> cloud.emulator.control().truth("").live().isEmpty());
        Await.until(
                "the list knows, too",
                () -> {
                    cloud.clock.advance(Duration.ofSeconds(1));
                    return cloud.state(id) == InstanceStateName.TERMINATED;
                });
    }
}
