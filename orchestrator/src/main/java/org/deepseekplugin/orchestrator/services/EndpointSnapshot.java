package org.deepseekplugin.orchestrator.services;

import java.util.List;

/// What can be sent to at one moment. Immutable.
///
/// @param revision grows with every change
/// @param served what is deployed, ready or not: an unknown model is 404, one without a ready
///   replica 503
public record EndpointSnapshot(long revision, List<ReadyReplica> ready, List<Served> served) {

    /// A replica that answers.
    ///
    /// @param host and `port`: the node's data port
    public record ReadyReplica(
            String replica,
            String service,
            String project,
            String model,
            String node,
            String host,
            int port) {}

    public record Served(String service, String project, String model) {}

    public EndpointSnapshot {
        ready = List.copyOf(ready);
        served = List.copyOf(served);
    }
}
