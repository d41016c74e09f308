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

    /// No machine was made, and none will be for this token.
    record Refused(CloudFailure failure) implements AllocationResult {}

    /// Nobody knows whether machines were made: the answer was lost. Repeat the same request, or
    /// list by token.
    record Unknown(String reason) implements AllocationResult {}
}
