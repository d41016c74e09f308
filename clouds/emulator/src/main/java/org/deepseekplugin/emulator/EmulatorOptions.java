package org.deepseekplugin.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.emulator.machines.Limits;

/// How to start an emulator.
///
/// @param dataDir its only place on the disk; made if it is missing, private to the user
/// @param ports by listener (`aws`, `control`); 0 or none takes the port of the last start if it is
///   free, else any
/// @param bootDelay from a launch to its user data
/// @param capacity,quota what differs from the built-in limits
/// @param clock the clouds' clock: launch times, how long terminated machines are listed
public record EmulatorOptions(
        Path dataDir,
        Map<String, Integer> ports,
        Duration bootDelay,
        List<Capacity> capacity,
        List<Quota> quota,
        InstantSource clock) {

    /// @param zone,type `*` for all
    public record Capacity(String zone, String type, int count) {}

    /// @param family a quota family such as `p` or `standard`; `*` for all
    public record Quota(String family, int vcpus) {}

    public EmulatorOptions {
        ports = Map.copyOf(ports);
        capacity = List.copyOf(capacity);
        quota = List.copyOf(quota);
        if (bootDelay.isNegative()) {
            throw new IllegalArgumentException("boot delay " + bootDelay + " is negative");
        }
    }

    /// Free ports, machines boot after a second, the computer's clock.
    public static EmulatorOptions in(Path dataDir) {
        return new EmulatorOptions(
                dataDir,
                Map.of(),
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                InstantSource.system());
    }

    public EmulatorOptions withPorts(Map<String, Integer> newPorts) {
        return new EmulatorOptions(dataDir, newPorts, bootDelay, capacity, quota, clock);
    }

    public EmulatorOptions withBootDelay(Duration delay) {
        return new EmulatorOptions(dataDir, ports, delay, capacity, quota, clock);
    }

    public EmulatorOptions withLimits(List<Capacity> newCapacity, List<Quota> newQuota) {
        return new EmulatorOptions(dataDir, ports, bootDelay, newCapacity, newQuota, clock);
    }

    public EmulatorOptions withClock(InstantSource newClock) {
        return new EmulatorOptions(dataDir, ports, bootDelay, capacity, quota, newClock);
    }

    Limits limits() {
        var limits = new Limits();
        capacity.forEach(one -> limits.capacity(one.zone(), one.type(), one.count()));
        quota.forEach(one -> limits.quota(one.family(), one.vcpus()));
        return limits;
    }
}
