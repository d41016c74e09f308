package org.deepseekplugin.cloud.aws;

import java.util.Optional;
import java.util.function.Function;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.FailureScope;

/// What a failed call was about: where it went and, for a launch, what it asked for.
record Target(String region, Optional<AllocationRequest> launch) {
    static Target of(AllocationRequest launch) {
        return new Target(launch.region(), Optional.of(launch));
    }

    static Target of(String region) {
        return new Target(region, Optional.empty());
    }

    FailureScope scope(Reach reach) {
        return switch (reach) {
            case ACCOUNT -> new FailureScope.Account();
            case REGION -> new FailureScope.Region(region);
            case ONE_REQUEST -> new FailureScope.OneRequest();
            case TYPE_IN_ZONE ->
                    ofLaunch(r -> new FailureScope.TypeInZone(r.instanceType(), r.zone()));
            case FAMILY_IN_REGION ->
                    ofLaunch(r ->
                            new FailureScope.FamilyInRegion(
                                    QuotaFamily.of(r.instanceType()), region, r.market()));
        };
    }

    private FailureScope ofLaunch(Function<AllocationRequest, FailureScope> scope) {
        return launch.map(scope).orElseGet(FailureScope.OneRequest::new);
    }
}
