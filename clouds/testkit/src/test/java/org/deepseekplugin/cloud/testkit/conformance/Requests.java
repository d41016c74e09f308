package org.deepseekplugin.cloud.testkit.conformance;

import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Market;

/// Requests that differ in one thing.
final class Requests {

    static AllocationRequest with(AllocationRequest r, String token, Map<String, String> tags) {
        return new AllocationRequest(
                r.intent(),
                token,
                r.owner(),
                r.min(),
                r.max(),
                r.market(),
                r.region(),
                r.zone(),
                r.instanceType(),
                r.cohesion(),
                r.bootstrap(),
                tags);
    }

    static AllocationRequest onDemand(AllocationRequest r) {
        return new AllocationRequest(
                r.intent(),
                r.token(),
                r.owner(),
                r.min(),
                r.max(),
                Market.ON_DEMAND,
                r.region(),
                r.zone(),
                r.instanceType(),
                r.cohesion(),
                r.bootstrap(),
                r.tags());
    }

    private Requests() {}
}
