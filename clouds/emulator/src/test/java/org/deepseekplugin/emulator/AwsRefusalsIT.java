package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.AwsFixture.failure;
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
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.model.StsException;

/// Every refusal that a driver must tell apart, by AWS' own code.
final class AwsRefusalsIT {
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
    void no_capacity_is_a_500_and_names_the_zones_that_have_some() {
        cloud.emulator.control().capacity("us-west-2a", "*", 0);

        var failure =
                failure(() ->
                        cloud.run("t", r -> r.placement(p -> p.availabilityZone("us-west-2a"))));

        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InsufficientInstanceCapacity");
        assertThat(failure.awsErrorDetails().errorMessage()).contains("us-west-2b");
    }

    @Test
    void fewer_than_asked_come_where_there_are_fewer() {
        cloud.emulator.control().capacity("us-west-2a", "*", 2);

        var made =
                cloud.run(
                        cloud.order(
                                "t",
                                r ->
                                        r.minCount(1)
                                                .maxCount(4)
                                                .placement(p -> p.availabilityZone("us-west-2a"))));

        assertThat(made).hasSize(2);
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        cloud.order(
                                                "u",
                                                r ->
                                                        r.minCount(1)
                                                                .placement(p ->
                                                                        p.availabilityZone(
                                                                                "us-west-2a"))))))
                .isEqualTo("InsufficientInstanceCapacity");
    }

    @Test
    void quota_is_counted_in_vcpus_and_apart_for_spot() {
        cloud.emulator.control().quota("g", 4);
        cloud.run("on-demand", r -> {});
        cloud.runSpot("spot");

        assertThat(refusal(() -> cloud.run("more", r -> {}))).isEqualTo("VcpuLimitExceeded");
        assertThat(refusal(() -> cloud.runSpot("more"))).isEqualTo("MaxSpotInstanceCountExceeded");
        cloud.run("cpu", r -> r.instanceType("c7i.large"));
    }

    @Test
    void a_type_that_is_not_sold_in_the_zone_is_unsupported() {
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.instanceType("g4dn.xlarge")
                                                        .placement(p ->
                                                                p.availabilityZone("us-west-2d")))))
                .isEqualTo("Unsupported");
    }

    @Test
    void unknown_things_are_named_as_aws_names_them() {
        assertThat(refusal(() -> cloud.run("t", r -> r.instanceType("p9.huge"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.imageId("ami-00000000000000000"))))
                .isEqualTo("InvalidAMIID.NotFound");
        assertThat(refusal(() -> cloud.run("t", r -> r.imageId("disk"))))
                .isEqualTo("InvalidAMIID.Malformed");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r -> r.placement(p -> p.availabilityZone("us-west-2q")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.subnetId("subnet-00000000000000000"))))
                .isEqualTo("InvalidSubnetID.NotFound");
        assertThat(refusal(() -> cloud.run("t", r -> r.placement(p -> p.groupName("none")))))
                .isEqualTo("InvalidPlacementGroup.Unknown");
        assertThat(refusal(() -> cloud.describe("i-00000000000000000")))
                .isEqualTo("InvalidInstanceID.NotFound");
        assertThat(refusal(() -> cloud.describe("box"))).isEqualTo("InvalidInstanceID.Malformed");
        assertThat(cloud.launches()).isZero();
    }

    @Test
    void wrong_values_are_refused() {
        assertThat(refusal(() -> cloud.run("t", r -> r.minCount(0))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.minCount(3).maxCount(2))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.userData("not base64!"))))
                .isEqualTo("InvalidUserData.Malformed");
        assertThat(refusal(() -> cloud.run("t", r -> r.userData(Sdk.base64("x".repeat(16_385))))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.imageId(null))))
                .isEqualTo("MissingParameter");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.instanceMarketOptions(m ->
                                                        m.marketType("spot")
                                                                .spotOptions(s ->
                                                                        s.maxPrice("0.0001"))))))
                .isEqualTo("SpotMaxPriceTooLow");
        assertThat(refusal(() -> cloud.run("t", r -> r.instanceType("m7g.large"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t".repeat(65), r -> {})))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.list("flavour", "sweet")))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void a_dry_run_says_that_it_would_have_worked_and_makes_nothing() {
        assertThat(failure(() -> cloud.run("t", r -> r.dryRun(true))).statusCode()).isEqualTo(412);
        cloud.emulator.control().capacity("*", "*", 0);
        assertThat(refusal(() -> cloud.run("t", r -> r.dryRun(true))))
                .isEqualTo("InsufficientInstanceCapacity");
        assertThat(cloud.launches()).isZero();
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
    void foreign_credentials_are_refused_by_every_service_in_its_own_words() {
        var aws = cloud.aws;
        try (var stranger = Sdk.ec2(aws, aws.region(), "AKIASTRANGER", aws.secretAccessKey());
                var nowhere =
                        Sdk.ec2(aws, "eu-nowhere-1", aws.accessKeyId(), aws.secretAccessKey())) {
            assertThat(failure(stranger::describeInstances).statusCode()).isEqualTo(401);
            assertThat(refusal(stranger::describeInstances)).isEqualTo("AuthFailure");
            assertThat(refusal(nowhere::describeInstances)).isEqualTo("AuthFailure");
        }
        var foreign =
                new Endpoints.Aws(
                        aws.endpoint(), "AKIASTRANGER", "x", aws.region(), "", "", "", "");
        try (var sts = Sdk.sts(foreign)) {
            var refusal =
                    org.assertj.core.api.Assertions.catchThrowableOfType(
                            StsException.class, sts::getCallerIdentity);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
        }
    }

    @Test
    void sts_and_ssm_say_who_and_which_image() {
        try (var sts = Sdk.sts(cloud.aws);
                var ssm = Sdk.ssm(cloud.aws)) {
            assertThat(sts.getCallerIdentity().account()).matches("[0-9]{12}");
            var name =
                    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id";
            assertThat(ssm.getParameter(r -> r.name(name)).parameter().value())
                    .isEqualTo(cloud.aws.imageId());
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> ssm.getParameter(r -> r.name("/none")))
                    .isInstanceOf(ParameterNotFoundException.class);
        }
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
    void the_catalogue_answers_what_drivers_ask() {
        var ec2 = cloud.ec2;
        assertThat(ec2.describeRegions().regions())
                .extracting(r -> r.regionName())
                .contains("us-west-2", "eu-west-1");
        assertThat(ec2.describeAvailabilityZones().availabilityZones())
                .extracting(z -> z.zoneName())
                .containsExactly("us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d");
        var p4d =
                ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("p4d.24xlarge"))
                        .instanceTypes()
                        .getFirst();
        assertThat(p4d.gpuInfo().gpus().getFirst().count()).isEqualTo(8);
        assertThat(p4d.vCpuInfo().defaultVCpus()).isEqualTo(96);
        assertThat(
                        ec2.describeInstanceTypeOfferings(r ->
                                        r.locationType("availability-zone")
                                                .filters(
                                                        Filter.builder()
                                                                .name("instance-type")
                                                                .values("p4d.24xlarge")
                                                                .build()))
                                .instanceTypeOfferings())
                .extracting(o -> o.location())
                .isNotEmpty()
                .allMatch(zone -> zone.startsWith("us-west-2"));
        assertThat(
                        ec2.describeSpotPriceHistory(r ->
                                        r.instanceTypesWithStrings("g4dn.xlarge")
                                                .productDescriptions("Linux/UNIX"))
                                .spotPriceHistory())
                .isNotEmpty()
                .allMatch(p -> Double.parseDouble(p.spotPrice()) > 0);
        assertThat(ec2.describeImages(r -> r.imageIds(cloud.aws.imageId())).images()).hasSize(1);
        assertThat(ec2.describeSubnets().subnets()).hasSize(4);
        assertThat(ec2.describeSecurityGroups().securityGroups()).hasSize(1);
        assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
    }

    @Test
    void placement_groups_are_made_used_and_deleted() {
        var ec2 = cloud.ec2;
        ec2.createPlacementGroup(r -> r.groupName("gang").strategy("cluster"));
        assertThat(refusal(() -> ec2.createPlacementGroup(r -> r.groupName("gang"))))
                .isEqualTo("InvalidPlacementGroup.Duplicate");
        var id = cloud.run("t", r -> r.placement(p -> p.groupName("gang")));
        assertThat(cloud.describe(id).placement().groupName()).isEqualTo("gang");
        assertThat(refusal(() -> ec2.deletePlacementGroup(r -> r.groupName("gang"))))
                .isEqualTo("InvalidPlacementGroup.InUse");

        ec2.terminateInstances(r -> r.instanceIds(id));
        cloud.awaitState(id, InstanceStateName.TERMINATED);
        ec2.deletePlacementGroup(r -> r.groupName("gang"));

        assertThat(ec2.describePlacementGroups().placementGroups()).isEmpty();
    }
}
