package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.deepseekplugin.cloud.aws.EmulatedAws.allocated;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/// What a launch asks for, and that the emulator, which checks it as EC2 does, takes it.
final class LaunchOrdersIT {
    @TempDir private static Path folder;
    private static EmulatedAws aws;

    @BeforeAll
    static void start() {
        aws = new EmulatedAws(folder);
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void a_machine_has_a_disk_for_weights_guarded_metadata_and_ends_when_it_shuts_down()
            throws Exception {
        var run = order(Map.of(), aws.request());

        assertThat(run.blockDeviceMappings())
                .singleElement()
                .satisfies(disk -> {
                    assertThat(disk.deviceName()).isEqualTo("/dev/sda1");
                    assertThat(disk.ebs().volumeSize()).isEqualTo(200);
                    assertThat(disk.ebs().volumeType()).isEqualTo(VolumeType.GP3);
                    assertThat(disk.ebs().deleteOnTermination()).isTrue();
                });
        assertThat(run.metadataOptions().httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
        assertThat(run.instanceInitiatedShutdownBehavior()).isEqualTo(ShutdownBehavior.TERMINATE);
        assertThat(new String(Base64.getDecoder().decode(run.userData()), UTF_8))
                .startsWith("#!/bin/sh\n")
                .contains("DEEPSEEK_HOME:-/opt/deepseek");
    }

    @Test
    void a_disk_is_never_smaller_than_the_image_needs() throws Exception {
        var small = Map.of("root-volume", "8GiB");

        assertThat(order(small, aws.request()).blockDeviceMappings().getFirst().ebs().volumeSize())
                .isEqualTo(75);
        try (var driver = aws.driver(small)) {
            assertThat(driver.allocate(aws.request())).isInstanceOf(Allocated.class);
        }
    }

    @Test
    void everything_that_the_launch_makes_is_tagged_by_it() throws Exception {
        var request =
                aws.request("us-west-2a", "t3.medium", 1, Market.SPOT, Cohesion.ANY, List.of());
        var run = order(Map.of(), request);

        assertThat(run.tagSpecifications())
                .extracting(tags -> tags.resourceTypeAsString())
                .containsExactly(
                        "instance", "volume", "network-interface", "spot-instances-request");
        assertThat(run.tagSpecifications())
                .allSatisfy(tags ->
                        assertThat(tags.tags())
                                .extracting(tag -> tag.key())
                                .contains(
                                        InstanceTags.OWNER,
                                        InstanceTags.INTENT,
                                        InstanceTags.TOKEN));
        assertThat(run.instanceMarketOptions().marketType()).isEqualTo(MarketType.SPOT);
    }

    @Test
    void the_same_request_is_the_same_call_also_after_a_restart() throws Exception {
        var request = aws.request();

        assertThat(order(Map.of(), request)).isEqualTo(order(Map.of(), request));
    }

    @Test
    void without_a_word_about_the_network_ec2_chooses_it() throws Exception {
        var run = order(Map.of(), aws.request());

        assertThat(run.subnetId()).isNull();
        assertThat(run.securityGroupIds()).isEmpty();
        assertThat(run.networkInterfaces()).isEmpty();
    }

    @Test
    void a_machine_goes_to_its_zones_subnet_and_a_zone_without_one_is_refused() {
        var config =
                Map.of(
                        "subnet-ids", aws.subnet("us-west-2a"),
                        "security-group-ids", aws.securityGroup());
        try (var driver = aws.driver(config)) {
            assertThat(driver.allocate(aws.request())).isInstanceOf(Allocated.class);
            assertThat(driver.allocate(in("us-west-2b")))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().code()).isEqualTo("NoSubnet"))
                    .satisfies(no ->
                            assertThat(no.failure().scope())
                                    .isEqualTo(
                                            new FailureScope.TypeInZone(
                                                    "t3.medium", "us-west-2b")));
        }
    }

    @Test
    void a_public_address_can_be_wanted_or_not_whatever_the_subnet_says() throws Exception {
        for (var wanted : List.of("yes", "no")) {
            var config =
                    Map.of("public-address", wanted, "security-group-ids", aws.securityGroup());
            assertThat(order(config, aws.request()).networkInterfaces())
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.associatePublicIpAddress()).isEqualTo(wanted.equals("yes"));
                        assertThat(one.subnetId()).isEqualTo(aws.subnet("us-west-2a"));
                        assertThat(one.groups()).containsExactly(aws.securityGroup());
                    });
            try (var driver = aws.driver(config)) {
                assertThat(driver.allocate(aws.request())).isInstanceOf(Allocated.class);
            }
        }
    }

    @Test
    void a_gang_on_a_fabric_has_an_efa_on_every_network_card() throws Exception {
        var config = Map.of("subnet-ids", aws.subnet("us-west-2a"));
        var gang = gang("p4d.24xlarge", "us-west-2a");
        var run = order(config, gang);

        assertThat(run.placement().groupName()).contains(gang.token());
        assertThat(run.networkInterfaces())
                .hasSize(4)
                .allMatch(one -> one.interfaceType().equals("efa"))
                .allMatch(one -> one.associatePublicIpAddress() == null)
                .extracting(one -> one.networkCardIndex(), one -> one.deviceIndex())
                .containsExactly(tuple(0, 0), tuple(1, 1), tuple(2, 1), tuple(3, 1));
        try (var driver = aws.driver(config)) {
            assertThat(allocated(driver.allocate(gang("p4d.24xlarge", "us-west-2a")))).hasSize(2);
        }
    }

    @Test
    void a_gang_that_would_have_no_way_out_is_refused_with_the_remedy() {
        var failure =
                catchThrowableOfType(
                                CloudException.class,
                                () -> order(Map.of(), gang("p4d.24xlarge", "us-west-2a")))
                        .failure();

        assertThat(failure.code()).isEqualTo("NoWayOut");
        assertThat(failure.message()).contains("p4d.24xlarge", "clouds.aws.subnet-ids");
    }

    @Test
    void a_gang_on_one_fabric_shares_a_placement_group_and_empty_groups_are_swept() {
        try (var driver = aws.driver(Map.of())) {
            var gang = gang("t3.medium", "us-west-2a");
            var machines = allocated(driver.allocate(gang));
            assertThat(groups()).filteredOn(name -> name.contains(gang.token())).hasSize(1);
            machines.forEach(machine -> driver.terminate(machine.id()));
            Await.until(() -> aws.live(gang).isEmpty());

            Await.until(() -> {
                allocated(driver.allocate(gang("t3.medium", "us-west-2b")));
                return groups().stream().noneMatch(name -> name.contains(gang.token()));
            });
        }
    }

    private static RunInstancesRequest order(Map<String, String> more, AllocationRequest request)
            throws Exception {
        var config =
                AwsConfig.of(TestDrivers.complete(aws.config(more)), Catalogue.load().regions());
        try (var calls = new AwsCalls(new AwsClients(config), CloudCalls.direct())) {
            return new LaunchOrders(
                            config,
                            new Images(config, calls),
                            new Networks(config, calls),
                            new Fabrics(config, calls),
                            new PlacementGroups(calls))
                    .of(request);
        }
    }

    private static List<String> groups() {
        return aws.ec2.describePlacementGroups().placementGroups().stream()
                .map(PlacementGroup::groupName)
                .toList();
    }

    private static AllocationRequest in(String zone) {
        return aws.request(zone, "t3.medium", 1, Market.ON_DEMAND, Cohesion.ANY, List.of());
    }

    private static AllocationRequest gang(String type, String zone) {
        return aws.request(zone, type, 2, Market.ON_DEMAND, Cohesion.FABRIC, List.of());
    }
}
