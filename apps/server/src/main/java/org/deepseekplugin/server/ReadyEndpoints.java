package org.deepseekplugin.server;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.EndpointSnapshot;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.orchestrator.services.EndpointSnapshot.ReadyReplica;
import org.deepseekplugin.orchestrator.services.EndpointSnapshot.Served;

/// What the orchestrator has ready, as the gateway reads it: translated once a change, read without
/// waiting.
final class ReadyEndpoints implements EndpointSource {
    private final Map<String, String> aliases;
    private final Clock clock;

    /// When each model was first seen; told one snapshot at a time.
    private final Map<String, Instant> since = new HashMap<>();

    private volatile EndpointSnapshot current = EndpointSnapshot.EMPTY;

    ReadyEndpoints(Map<String, String> aliases, Clock clock) {
        this.aliases = Map.copyOf(aliases);
        this.clock = clock;
    }

    @Override
    public EndpointSnapshot current() {
        return current;
    }

    /// One at a time, in order.
    void update(org.deepseekplugin.orchestrator.services.EndpointSnapshot snapshot) {
        var models =
                snapshot.served().stream()
                        .map(Served::model)
                        .distinct()
                        .map(model -> served(model, snapshot))
                        .toList();
        current = EndpointSnapshot.of(models, aliases);
    }

    private ServedModel served(
            String model, org.deepseekplugin.orchestrator.services.EndpointSnapshot snapshot) {
        return new ServedModel(
                model,
                since.computeIfAbsent(model, first -> clock.instant()),
                snapshot.ready().stream()
                        .filter(replica -> replica.model().equals(model))
                        .map(ReadyEndpoints::endpoint)
                        .toList());
    }

    private static Endpoint endpoint(ReadyReplica replica) {
        var reach = new Reach.Direct(replica.host(), replica.port(), replica.node());
        return Endpoint.replica(replica.replica(), replica.model(), reach);
    }
}
