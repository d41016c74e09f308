package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.AllocationResult.Unknown;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.deepseekplugin.emulator.Emulator;
import org.deepseekplugin.emulator.EmulatorOptions;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// What is AWS's own, beside what every driver must do.
final class AwsDriverIT {
    private final OwnerTag owner = new OwnerTag("it-" + UUID.randomUUID());

    @TempDir private static Path folder;
    private static Emulator emulator;
    private static Ec2Client ec2;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.in(folder));
        var aws = emulator.endpoints().aws();
        var keys = AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey());
        ec2 =
                Ec2Client.builder()
                        .endpointOverride(URI.create(aws.endpoint()))
                        .region(Region.of(TestDrivers.REGION))
                        .credentialsProvider(StaticCredentialsProvider.create(keys))
                        .build();
    }

    @AfterEach
    void clean() {
        emulator.control().clearFaults();
    }

    @AfterAll
    static void stop() {
        ec2.close();
        emulator.close();
    }

    @Test
    void a_gang_on_one_fabric_shares_a_placement_group_and_empty_groups_are_swept() {
        try (var driver = driver(Map.of())) {
            var first = (Allocated) driver.allocate(request("us-west-2a", Cohesion.FABRIC, 2));
            assertThat(groups()).hasSize(1);
            first.instances().forEach(machine -> driver.terminate(machine.id()));
            Await.until(() -> ended(driver.list(owner)));
            var firstGroup = groups();

            var second = driver.allocate(request("us-west-2a", Cohesion.FABRIC, 2));
            assertThat(second).isInstanceOf(Allocated.class);
            assertThat(groups()).hasSize(1).doesNotContainAnyElementsOf(firstGroup);
        }
    }

    @Test
    void a_machine_goes_to_its_zones_subnet_and_a_zone_without_one_is_refused() {
        var subnet =
                ec2.describeSubnets().subnets().stream()
                        .filter(s -> s.availabilityZone().equals("us-west-2a"))
                        .map(Subnet::subnetId)
                        .findFirst()
                        .orElseThrow();
        var group = ec2.describeSecurityGroups().securityGroups().getFirst().groupId();
        try (var driver = driver(Map.of("subnet-ids", subnet, "security-group-ids", group))) {
            assertThat(driver.allocate(request("us-west-2a"))).isInstanceOf(Allocated.class);
            assertThat(driver.allocate(request("us-west-2b")))
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
    void a_server_that_nobody_runs_is_unavailable_and_settles_nothing() {
        try (var driver =
                TestDrivers.connect(
                        "http://127.0.0.1:9", "id", "secret", Map.of("image-id", "ami-1"))) {
            assertThat(driver.allocate(request("us-west-2a")))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.UNAVAILABLE))
                    .satisfies(no -> assertThat(no.settles()).isFalse());
        }
    }

    @Test
    void wrong_keys_are_an_auth_failure() {
        var endpoint = emulator.endpoints().aws().endpoint();
        try (var driver =
                TestDrivers.connect(endpoint, "nobody", "secret", Map.of("image-id", "ami-1"))) {
            assertThat(driver.allocate(request("us-west-2a")))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.AUTH));
        }
    }

    @Test
    void a_bootstrap_above_16_kib_is_refused_before_any_call() {
        int before = launchCalls();
        var huge = new Bootstrap.File("huge", "600", "x".repeat(16 * 1024));
        try (var driver = driver(Map.of())) {
            var request = request("us-west-2a", Cohesion.ANY, 1, List.of(huge));
            assertThat(driver.allocate(request))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.INVALID));
        }
        assertThat(launchCalls()).isEqualTo(before);
    }

    @Test
    void half_an_answer_is_asked_again_at_once_with_the_same_token() {
        int before = launchCalls();
        emulator.control().fault(Fault.of("RunInstances", FaultMode.TRUNCATE_AFTER));
        try (var driver = driver(Map.of())) {
            assertThat(driver.allocate(request("us-west-2a"))).isInstanceOf(Allocated.class);
        }
        assertThat(launchCalls() - before).isEqualTo(2);
    }

    @Test
    void a_lost_answer_stays_unknown_when_the_second_try_is_throttled() {
        emulator.control().fault(Fault.of("RunInstances", FaultMode.RESET_AFTER));
        emulator.control().fault(Fault.error("RunInstances", "RequestLimitExceeded"));
        try (var driver = driver(Map.of())) {
            assertThat(driver.allocate(request("us-west-2a"))).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void an_interrupted_launch_is_unknown_and_the_interrupt_is_kept() throws Exception {
        emulator.control().fault(new Fault("RunInstances", "", 1, FaultMode.HANG_AFTER, "", 30));
        var request = request("us-west-2a");
        try (var driver = driver(Map.of("deadline", "20s"))) {
            var answer = new AllocationResult[1];
            var kept = new boolean[1];
            var launch =
                    Thread.ofVirtual()
                            .start(() -> {
                                answer[0] = driver.allocate(request);
                                kept[0] = Thread.currentThread().isInterrupted();
                            });
            Await.until(() -> !made(request).isEmpty() || answer[0] != null);
            launch.interrupt();
            assertThat(launch.join(Duration.ofSeconds(10))).isTrue();

            assertThat(answer[0]).isInstanceOf(Unknown.class);
            assertThat(kept[0]).isTrue();
            assertThat(driver.allocate(request)).isInstanceOf(Allocated.class);
            assertThat(made(request)).hasSize(1);
        }
    }

    private static CloudDriver driver(Map<String, String> config) {
        var aws = emulator.endpoints().aws();
        return TestDrivers.connect(
                aws.endpoint(), aws.accessKeyId(), aws.secretAccessKey(), config);
    }

    private static boolean ended(InstanceListing listing) {
        return listing.instances().stream()
                .allMatch(machine -> machine.state() == InstanceState.TERMINATED);
    }

    private static List<String> groups() {
        return ec2.describePlacementGroups().placementGroups().stream()
                .map(PlacementGroup::groupName)
                .toList();
    }

    private static int launchCalls() {
        var tally = emulator.control().truth("").calls().get("RunInstances");
        return tally == null ? 0 : tally.total();
    }

    private static List<String> made(AllocationRequest request) {
        return emulator.control().truth("deepseek-token=" + request.token()).launches().stream()
                .map(machine -> machine.id())
                .toList();
    }

    private AllocationRequest request(String zone) {
        return request(zone, Cohesion.ANY, 1);
    }

    private AllocationRequest request(String zone, Cohesion cohesion, int machines) {
        return request(zone, cohesion, machines, List.of());
    }

    private AllocationRequest request(
            String zone, Cohesion cohesion, int machines, List<Bootstrap.File> files) {
        return new AllocationRequest(
                "intent",
                UUID.randomUUID().toString(),
                owner,
                machines,
                machines,
                Market.ON_DEMAND,
                TestDrivers.REGION,
                zone,
                "t3.medium",
                cohesion,
                new Bootstrap(files, Map.of(), List.of("true")),
                Map.of());
    }
}
