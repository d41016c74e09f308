package org.deepseekplugin.cloud.spi;

import java.util.List;

/// What a cloud answers when asked for machines. A refusal is an ordinary answer: callers try the
/// next offer.
public sealed interface AllocationResult {

    /// At least as many machines as the request's minimum.
    record Allocated(List<Instance> instances) implements AllocationResult {
        public Allocated {
            instances = List.copyOf(instances);
        }
    }

    /// Fewer machines than the minimum; the failure says why there were no more. They are the
    /// caller's to keep or release.
    record Partial(List<Instance> instances, CloudFailure failure) implements AllocationResult {
        public Partial {
            instances = List.copyOf(instances);
        }
    }

    /// This call made no machine.
    record Refused(CloudFailure failure) implements AllocationResult {

        /// Whether the cloud looked at the token before it said no: then there is no machine for
        /// it, and none will come. Otherwise (throttled, not let in, in trouble) it never looked,
        /// and an earlier call with this token whose answer was lost may have made machines: repeat
        /// the same request, or list by token, before another token is tried.
        public boolean settles() {
            return switch (failure.kind()) {
                case CAPACITY, QUOTA, INVALID, NOT_FOUND, BILLING -> true;
                case THROTTLED, AUTH, UNAVAILABLE -> false;
            };
        }
    }

    /// Nobody knows whether machines were made: the answer was lost. Repeat the same request, or
    /// list by token.
    record Unknown(String reason) implements AllocationResult {}
}
