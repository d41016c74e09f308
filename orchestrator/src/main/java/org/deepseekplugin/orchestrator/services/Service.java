package org.deepseekplugin.orchestrator.services;

import java.time.Instant;
import java.util.List;

/// A model that is served, and its replicas.
///
/// @param model the model's own name, whatever alias the spec uses
/// @param generation grows with every change of the spec
/// @param deleting ends when the last machine is known to be gone
public record Service(
        String id,
        String project,
        String name,
        Kind kind,
        ServiceSpec spec,
        String model,
        long generation,
        boolean deleting,
        Instant createdAt,
        Instant updatedAt,
        List<Replica> replicas) {

    public enum Kind {
        SERVICE,
        /// Made by `allocate`: one replica, pinned to a resource config.
        RESOURCE
    }

    public int readyReplicas() {
        return (int) replicas.stream().filter(r -> r.state() == Replica.State.READY).count();
    }
}
