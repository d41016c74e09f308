package org.deepseekplugin.cloud.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverEvents;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.emulator.Emulator;
import org.deepseekplugin.emulator.EmulatorOptions;
import org.deepseekplugin.emulator.control.Control;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// The emulator, drivers to it as a user would configure them, and AWS' own client beside them.
final class EmulatedAws implements AutoCloseable {
    final Emulator emulator;
    final Ec2Client ec2;
    final OwnerTag owner = new OwnerTag("it-" + UUID.randomUUID());

    EmulatedAws(Path folder) {
        emulator = Emulator.start(EmulatorOptions.in(folder).withBootDelay(Duration.ofMillis(50)));
        var aws = emulator.endpoints().aws();
        var keys = AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey());
        ec2 =
                Ec2Client.builder()
                        .endpointOverride(URI.create(aws.endpoint()))
                        .region(Region.of(TestDrivers.REGION))
                        .credentialsProvider(StaticCredentialsProvider.create(keys))
                        .build();
    }

    Control control() {
        return emulator.control();
    }

    CloudDriver driver(Map<String, String> config) {
        return driver(config, CloudCalls.direct(), what -> {});
    }

    CloudDriver driver(Map<String, String> config, CloudCalls calls, DriverEvents events) {
        return TestDrivers.connect(
                config(config), new DriverContext(calls, Clock.systemUTC(), events));
    }

    /// With what is needed to reach the emulator.
    Map<String, String> config(Map<String, String> more) {
        var aws = emulator.endpoints().aws();
        var config = new HashMap<String, String>();
        config.put("endpoint", aws.endpoint());
        config.put("credentials.access-key-id", aws.accessKeyId());
        config.put("credentials.secret-access-key", aws.secretAccessKey());
        config.putAll(more);
        return config;
    }

    String subnet(String zone) {
        return ec2.describeSubnets().subnets().stream()
                .filter(subnet -> subnet.availabilityZone().equals(zone))
                .findFirst()
                .orElseThrow()
                .subnetId();
    }

    String securityGroup() {
        return ec2.describeSecurityGroups().securityGroups().getFirst().groupId();
    }

    /// A small machine in us-west-2a.
    AllocationRequest request() {
        return request("us-west-2a", "t3.medium", 1, Market.ON_DEMAND, Cohesion.ANY, List.of());
    }

    AllocationRequest request(
            String zone,
            String type,
            int machines,
            Market market,
            Cohesion cohesion,
            List<Bootstrap.File> files) {
        return new AllocationRequest(
                "intent",
                UUID.randomUUID().toString(),
                owner,
                machines,
                machines,
                market,
                TestDrivers.REGION,
                zone,
                type,
                cohesion,
                new Bootstrap(files, Map.of(), List.of("true")),
                Map.of());
    }

    static List<Instance> allocated(AllocationResult result) {
        if (result instanceof AllocationResult.Allocated(var machines)) {
            return machines;
        }
        throw new AssertionError("not allocated: " + result);
    }

    int calls(String action) {
        var tally = control().truth("").calls().get(action);
        return tally == null ? 0 : tally.total();
    }

    /// Ids of what the token made.
    List<String> made(AllocationRequest request) {
        return control().truth(InstanceTags.TOKEN + "=" + request.token()).launches().stream()
                .map(machine -> machine.id())
                .toList();
    }

    /// Ids of what the token made and is still wanted.
    List<String> live(AllocationRequest request) {
        return control().truth(InstanceTags.TOKEN + "=" + request.token()).live().stream()
                .map(machine -> machine.id())
                .toList();
    }

    @Override
    public void close() {
        ec2.close();
        emulator.close();
    }
}
