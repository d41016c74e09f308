package org.deepseekplugin.cloud.testkit;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.CAPACITY;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.QUOTA;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.THROTTLED;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.UNAVAILABLE;

import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.Offer;

/// The simulated cloud's refusals, under the codes that AWS uses.
final class Failures {

    static CloudFailure noCapacity(AllocationRequest request) {
        return new CloudFailure(
                CAPACITY,
                new FailureScope.TypeInZone(request.instanceType(), request.zone()),
                "InsufficientInstanceCapacity",
                "no more " + request.instanceType() + " in " + request.zone());
    }

    static CloudFailure overQuota(Offer offer) {
        return new CloudFailure(
                QUOTA,
                new FailureScope.FamilyInRegion(offer.family(), offer.region(), offer.market()),
                "VcpuLimitExceeded",
                "the vCPU quota of " + offer.family() + " in " + offer.region() + " is used up");
    }

    static CloudFailure throttled() {
        return new CloudFailure(
                THROTTLED,
                new FailureScope.Account(),
                "RequestLimitExceeded",
                "too many calls",
                Optional.of(Duration.ofSeconds(1)));
    }

    static CloudFailure tokenMismatch(AllocationRequest request) {
        return invalid(
                "IdempotentParameterMismatch",
                "token " + request.token() + " came before with other parameters");
    }

    static CloudFailure tokenTerminated(AllocationRequest request) {
        return invalid(
                "IdempotentInstanceTerminated",
                "the machine of token " + request.token() + " is terminated");
    }

    static CloudFailure unknownOffer(AllocationRequest request) {
        return invalid(
                "InvalidInstanceType",
                "there is no " + request.instanceType() + " in " + request.zone());
    }

    static CloudFailure noAnswer() {
        return new CloudFailure(
                UNAVAILABLE, new FailureScope.OneRequest(), "NoAnswer", "the answer was lost");
    }

    private static CloudFailure invalid(String code, String message) {
        return new CloudFailure(INVALID, new FailureScope.OneRequest(), code, message);
    }

    private Failures() {}
}
