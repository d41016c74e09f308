package org.deepseekplugin.server.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.orchestrator.services.Replica;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.orchestrator.services.ServiceSpec;

/// A service as the API shows it.
///
/// @param detail what the first replica that is not ready waits for
/// @param warnings keys of its specification that do nothing yet
record ServiceView(
        String id,
        String name,
        String model,
        State state,
        String detail,
        int wantedReplicas,
        int readyReplicas,
        long generation,
        ServiceSpec spec,
        List<ReplicaView> replicas,
        List<String> warnings,
        Instant createdAt) {

    enum State {
        STARTING,
        READY,
        DEGRADED,
        DELETING
    }

    /// @param placement why it is where it is
    record ReplicaView(
            String id,
            int ordinal,
            Replica.State state,
            String detail,
            String placement,
            Optional<String> instance) {
        static ReplicaView of(Replica replica) {
            return new ReplicaView(
                    replica.id(),
                    replica.ordinal(),
                    replica.state(),
                    replica.detail(),
                    replica.placement(),
                    replica.instance());
        }
    }

    static ServiceView of(Service service) {
        return of(service, List.of());
    }

    static ServiceView of(Service service, List<String> warnings) {
        return new ServiceView(
                service.id(),
                service.name(),
                service.model(),
                state(service),
                detail(service),
                service.spec().replicas().min(),
                service.readyReplicas(),
                service.generation(),
                service.spec(),
                service.replicas().stream().map(ReplicaView::of).toList(),
                warnings,
                service.createdAt());
    }

    static State state(Service service) {
        if (service.deleting()) {
            return State.DELETING;
        }
        if (service.readyReplicas() >= service.spec().replicas().min()) {
            return State.READY;
        }
        return service.readyReplicas() > 0 ? State.DEGRADED : State.STARTING;
    }

    static String detail(Service service) {
        return service.replicas().stream()
                .filter(replica -> replica.state() != Replica.State.READY)
                .map(replica ->
                        replica.detail().isEmpty()
                                ? replica.state().name().toLowerCase(java.util.Locale.ROOT)
                                : replica.detail())
                .findFirst()
                .orElse("");
    }
}
