package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/// Which machines there are, as AWS' clients see it.
final class AwsListingIT {
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
    void tags_find_machines_from_the_call_that_made_them() {
        var id =
                cloud.run(
                        "t",
                        r ->
                                r.tagSpecifications(s ->
                                        s.resourceType("instance")
                                                .tags(t -> t.key("owner").value("me & <you>"))));
        cloud.run("u", r -> {});
        cloud.ec2.createTags(r -> r.resources(id).tags(t -> t.key("more").value("1")));

        assertThat(cloud.list("tag:owner", "me*"))
                .singleElement()
                .satisfies(machine -> {
                    assertThat(machine.instanceId()).isEqualTo(id);
                    assertThat(machine.tags())
                            .extracting(t -> Map.entry(t.key(), t.value()))
                            .containsExactlyInAnyOrder(
                                    Map.entry("owner", "me & <you>"), Map.entry("more", "1"));
                });
        assertThat(
                        cloud.ec2
                                .describeTags(r ->
                                        r.filters(
                                                Filter.builder()
                                                        .name("key")
                                                        .values("more")
                                                        .build()))
                                .tags())
                .hasSize(1);
    }

    @Test
    void listings_come_in_pages_and_miss_nothing() {
        cloud.run(cloud.order("t", r -> r.maxCount(17)));

        var pages = cloud.ec2.describeInstancesPaginator(r -> r.maxResults(5)).stream().toList();

        assertThat(pages).hasSize(4);
        assertThat(
                        pages.stream()
                                .flatMap(p -> p.reservations().stream())
                                .flatMap(r -> r.instances().stream())
                                .map(i -> i.instanceId())
                                .distinct())
                .hasSize(17);
    }

    @Test
    void a_terminated_machine_is_listed_for_an_hour() {
        var id = cloud.run("t", r -> {});
        cloud.ec2.terminateInstances(r -> r.instanceIds(id));
        cloud.awaitState(id, InstanceStateName.TERMINATED);

        cloud.clock.advance(Duration.ofMinutes(59));
        assertThat(cloud.state(id)).isEqualTo(InstanceStateName.TERMINATED);
        cloud.clock.advance(Duration.ofMinutes(2));

        assertThat(refusal(() -> cloud.describe(id))).isEqualTo("InvalidInstanceID.NotFound");
        assertThat(refusal(() -> cloud.ec2.terminateInstances(r -> r.instanceIds(id))))
                .isEqualTo("InvalidInstanceID.NotFound");
    }

    @Test
    void termination_refuses_a_batch_with_an_unknown_id_as_a_whole() {
        var id = cloud.run("t", r -> {});

        assertThat(
                        refusal(() ->
                                cloud.ec2.terminateInstances(
                                        r -> r.instanceIds(id, "i-00000000000000000"))))
                .isEqualTo("InvalidInstanceID.NotFound");
        assertThat(cloud.state(id)).isIn(InstanceStateName.PENDING, InstanceStateName.RUNNING);
    }

    @Test
    void a_token_means_one_request_in_one_zone_for_the_life_of_its_machines() {
        var first = cloud.run("t", r -> r.placement(p -> p.availabilityZone("us-west-2a")));
        var again = cloud.run("t", r -> r.placement(p -> p.availabilityZone("us-west-2a")));
        var elsewhere = cloud.run("t", r -> r.placement(p -> p.availabilityZone("us-west-2b")));
        assertThat(again).isEqualTo(first);
        assertThat(elsewhere).isNotEqualTo(first);
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.userData(Sdk.base64("other"))
                                                        .placement(p ->
                                                                p.availabilityZone("us-west-2a")))))
                .isEqualTo("IdempotentParameterMismatch");

        cloud.ec2.terminateInstances(r -> r.instanceIds(first));

        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r -> r.placement(p -> p.availabilityZone("us-west-2a")))))
                .isEqualTo("IdempotentInstanceTerminated");
    }
}
