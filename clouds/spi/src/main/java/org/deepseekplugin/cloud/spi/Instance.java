package org.deepseekplugin.cloud.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A machine as its cloud describes it.
///
/// @param address the private address, once there is one
/// @param publicAddress the address reachable from outside, if there is one
/// @param launchedAt by the cloud's clock
public record Instance(
        InstanceId id,
        InstanceState state,
        String zone,
        String instanceType,
        Market market,
        Optional<String> address,
        Optional<String> publicAddress,
        Map<String, String> tags,
        Instant launchedAt) {

    public Instance {
        tags = Map.copyOf(tags);
    }

    /// The intent that asked for this machine, if the machine is one of ours.
    public Optional<String> intent() {
        return Optional.ofNullable(tags.get(InstanceTags.INTENT));
    }

    public Optional<String> token() {
        return Optional.ofNullable(tags.get(InstanceTags.TOKEN));
    }
}
