package org.deepseekplugin.cloud.aws;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.spi.DriverEvents;
import software.amazon.awssdk.services.ec2.model.Instance;

/// Reports once why a machine ended that nobody asked to end: EC2 says it for as long as it lists
/// the machine, about an hour. Thread-safe.
final class Endings {
    private static final String ASKED_FOR = "Client.UserInitiatedShutdown";

    private final DriverEvents events;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    Endings(DriverEvents events) {
        this.events = events;
    }

    /// @param listed all of the region, so that what is listed no more can be forgotten
    void report(String region, Collection<Instance> listed) {
        var ended = listed.stream().filter(Endings::endedByItself).toList();
        for (var machine : ended) {
            if (reported.add(key(region, machine))) {
                var reason = machine.stateReason();
                events.noticed(
                        "%s in %s ended by itself: %s (%s)"
                                .formatted(
                                        machine.instanceId(),
                                        region,
                                        reason.code(),
                                        reason.message()));
            }
        }
        var still = ended.stream().map(one -> key(region, one)).collect(Collectors.toSet());
        reported.removeIf(key -> key.startsWith(region + " ") && !still.contains(key));
    }

    private static boolean endedByItself(Instance machine) {
        var reason = machine.stateReason();
        return switch (machine.state().name()) {
            case SHUTTING_DOWN, TERMINATED ->
                    reason != null && reason.code() != null && !reason.code().equals(ASKED_FOR);
            case PENDING, RUNNING, STOPPING, STOPPED, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private static String key(String region, Instance machine) {
        return region + " " + machine.instanceId();
    }
}
