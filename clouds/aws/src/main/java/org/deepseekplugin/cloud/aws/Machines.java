package org.deepseekplugin.cloud.aws;

import static java.util.stream.Collectors.toMap;

import java.time.InstantSource;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Market;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/// EC2's machines in common words.
///
/// @param clock stands in where EC2 does not say when a machine was launched
record Machines(InstantSource clock) {

    Instance of(String region, software.amazon.awssdk.services.ec2.model.Instance machine) {
        return new Instance(
                new InstanceId(AwsDriverFactory.CLOUD, region, machine.instanceId()),
                state(machine.state().name()),
                machine.placement().availabilityZone(),
                machine.instanceTypeAsString(),
                machine.instanceLifecycle() == InstanceLifecycleType.SPOT
                        ? Market.SPOT
                        : Market.ON_DEMAND,
                address(machine.privateIpAddress()),
                address(machine.publicIpAddress()),
                machine.tags().stream().collect(toMap(Tag::key, Tag::value)),
                Optional.ofNullable(machine.launchTime()).orElseGet(clock::instant));
    }

    static InstanceState state(InstanceStateName name) {
        return switch (name) {
            case PENDING -> InstanceState.PENDING;
            case RUNNING -> InstanceState.RUNNING;
            case STOPPING, STOPPED -> InstanceState.STOPPED;
            case SHUTTING_DOWN -> InstanceState.TERMINATING;
            case TERMINATED -> InstanceState.TERMINATED;
            // a state newer than this driver: whatever it is, the machine is on the bill
            case UNKNOWN_TO_SDK_VERSION -> InstanceState.RUNNING;
        };
    }

    private static Optional<String> address(String address) {
        return Optional.ofNullable(address).filter(text -> !text.isEmpty());
    }
}
