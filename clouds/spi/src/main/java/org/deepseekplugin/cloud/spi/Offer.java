package org.deepseekplugin.cloud.spi;

import java.util.Optional;

/// Something rentable: a type in a zone, on a market, at a price.
///
/// @param family what quotas are counted for
/// @param hourlyPrice for the whole machine; empty where nobody knows it
/// @param priceEstimated derived (from another region, or from an average discount) instead of
///   quoted
/// @param memoryMib main memory in MiB
/// @param accelerators empty for a machine without
public record Offer(
        String cloud,
        String region,
        String zone,
        String instanceType,
        String family,
        Market market,
        Optional<Money> hourlyPrice,
        boolean priceEstimated,
        int vcpus,
        long memoryMib,
        Optional<Accelerators> accelerators) {}
