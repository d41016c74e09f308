package org.deepseekplugin.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.server.control.EventOperations;
import org.deepseekplugin.server.control.Idempotency;
import org.deepseekplugin.server.control.KeyOperations;
import org.deepseekplugin.server.control.MachineOperations;
import org.deepseekplugin.server.control.ModelOperations;
import org.deepseekplugin.server.control.Operations;
import org.deepseekplugin.server.control.Regions;
import org.deepseekplugin.server.control.ResourceOperations;
import org.deepseekplugin.server.control.ServiceOperations;
import org.deepseekplugin.server.control.StatusOperations;
import org.deepseekplugin.server.control.UsageOperations;
import org.deepseekplugin.server.control.VersionOperations;
import org.deepseekplugin.server.keys.KeyMaker;

/// Who answers the operations of the control API.
final class ControlOperations {

    /// @param clouds that may be used
    /// @param events closed by its owner
    static List<Operations> of(
            DurableState state,
            Orchestrator orchestrator,
            List<String> clouds,
            EventOperations events,
            String version,
            Clock clock,
            SecureRandom random) {
        var installation = state.installation();
        var owner = installation.owner().value();
        var services = orchestrator.services();
        var models = orchestrator.models();
        var idempotency = new Idempotency(state.database(), clock);
        var regions = new Regions(orchestrator.offers());
        var maker = new KeyMaker(installation.tokenKey(), random);
        return List.of(
                new VersionOperations(version),
                new StatusOperations(orchestrator, version, owner, clouds, clock),
                new MachineOperations(orchestrator),
                new ServiceOperations(services, orchestrator.nodes(), regions, idempotency),
                new ResourceOperations(services, orchestrator.fleet(), models, regions),
                new ModelOperations(models, orchestrator.endpoints()),
                new KeyOperations(state.keys(), maker, idempotency, clock),
                new UsageOperations(state.ledger(), state.keys()),
                events);
    }

    private ControlOperations() {}
}
