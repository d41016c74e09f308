package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.AwsFixture.failure;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void disks_and_metadata_options_are_checked() {
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.blockDeviceMappings(d ->
                                                        d.deviceName("/dev/sda1")
                                                                .ebs(e -> e.volumeSize(8))))))
                .isEqualTo("InvalidBlockDeviceMapping");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.blockDeviceMappings(d ->
                                                        d.deviceName("/dev/sdb")
                                                                .ebs(e -> e.volumeSize(99_999))))))
                .isEqualTo("InvalidParameterValue");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.blockDeviceMappings(
                                                        d -> d.ebs(e -> e.volumeSize(80))))))
                .isEqualTo("MissingParameter");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t", r -> r.metadataOptions(m -> m.httpTokens("perhaps")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t", r -> r.instanceInitiatedShutdownBehavior("explode"))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void network_interfaces_are_checked() {
        var subnet = cloud.ec2.describeSubnets().subnets().getFirst().subnetId();
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.subnetId(subnet)
                                                        .networkInterfaces(n -> n.deviceIndex(0)))))
                .isEqualTo("InvalidParameterCombination");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.networkInterfaces(n ->
                                                        n.deviceIndex(0).interfaceType("efa")))))
                .as("g4dn.xlarge has no EFA")
                .isEqualTo("InvalidParameterCombination");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.networkInterfaces(
                                                        n ->
                                                                n.deviceIndex(0)
                                                                        .associatePublicIpAddress(
                                                                                true),
                                                        n -> n.deviceIndex(1)))))
                .isEqualTo("InvalidParameterCombination");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.networkInterfaces(n ->
                                                        n.deviceIndex(0)
                                                                .groups("sg-00000000000000000")))))
                .isEqualTo("InvalidGroup.NotFound");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.subnetId(subnet)
                                                        .placement(p ->
                                                                p.availabilityZone("us-west-2d")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(cloud.launches()).isZero();
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
}
