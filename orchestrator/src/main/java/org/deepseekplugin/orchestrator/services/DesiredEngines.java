package org.deepseekplugin.orchestrator.services;

import java.util.List;
import org.deepseekplugin.orchestrator.nodes.EngineSource;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineSpec;

/// A machine runs the engine of the replica it is a member of, as long as that is wanted.
public final class DesiredEngines implements EngineSource {
    private final ModelCatalog catalog;
    private final ReplicaStore replicas;
    private final ServiceStore services;

    public DesiredEngines(ModelCatalog catalog, Surroundings surroundings) {
        this.catalog = catalog;
        this.replicas = new ReplicaStore(surroundings.clock());
        this.services = new ServiceStore(replicas, surroundings.clock());
    }

    @Override
    public List<EngineSpec> engines(Transaction transaction, String instance) {
        return replicas.onInstance(transaction, instance)
                .map(replica -> of(transaction, replica))
                .orElse(List.of());
    }

    /// On the replica's machine.
    List<EngineSpec> of(Transaction transaction, Replica replica) {
        if (!replica.isWanted()) {
            return List.of();
        }
        return services.bare(transaction, replica.service())
                .map(service -> List.of(engine(service, replica.id())))
                .orElse(List.of());
    }

    private EngineSpec engine(Service service, String replica) {
        return catalog.resolve(service.model())
                .engineFor(replica, service.spec().engine().options());
    }
}
