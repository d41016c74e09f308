package org.deepseekplugin.emulator.machines;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An accepted order: a line of the launch book. Never changed, never forgotten.
///
/// @param id the reservation
/// @param zone where the machines are
/// @param machines at least one
public record Launch(String id, Instant at, String zone, LaunchOrder order, List<Placed> machines) {
    public Launch {
        machines = List.copyOf(machines);
    }

    Optional<String> tokenKey() {
        return order.tokenKey();
    }
}
