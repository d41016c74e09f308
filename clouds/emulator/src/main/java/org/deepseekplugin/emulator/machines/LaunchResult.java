package org.deepseekplugin.emulator.machines;

import java.util.List;

/// The cloud's answer to a [LaunchOrder].
public sealed interface LaunchResult {

    /// Machines were made, and the launch book says so.
    record Launched(Launch launch) implements LaunchResult {}

    /// The token is known: this is what it made the first time.
    record Repeated(Launch launch) implements LaunchResult {}

    /// The token is known for another request.
    record TokenMismatch(Launch first) implements LaunchResult {}

    /// All machines of the token's first request are gone.
    record TokenSpent(Launch first) implements LaunchResult {}

    /// @param elsewhere zones of the region that offer the type
    record NotOffered(List<String> elsewhere) implements LaunchResult {}

    /// @param elsewhere zones of the region that have room
    record NoCapacity(String zone, List<String> elsewhere) implements LaunchResult {}

    /// @param limit vCPUs
    record OverQuota(String family, int limit) implements LaunchResult {}
}
