package org.deepseekplugin.cloud.spi;

import java.time.Instant;
import java.util.List;

/// All machines of an owner, complete.
///
/// @param startedAt when the first page was asked for: what happened later may be missing
public record InstanceListing(List<Instance> instances, Instant startedAt) {
    public InstanceListing {
        instances = List.copyOf(instances);
    }
}
