package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/// What AWS has, as its clients see it.
final class AwsCatalogueIT {
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
    void sts_and_ssm_say_who_and_which_image() {
        try (var sts = Sdk.sts(cloud.aws);
                var ssm = Sdk.ssm(cloud.aws)) {
            assertThat(sts.getCallerIdentity().account()).matches("[0-9]{12}");
            var name =
                    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id";
            assertThat(ssm.getParameter(r -> r.name(name)).parameter().value())
                    .isEqualTo(cloud.aws.imageId());
            assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/none")))
                    .isInstanceOf(ParameterNotFoundException.class);
        }
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
