package org.deepseekplugin.server;

import org.deepseekplugin.orchestrator.OrchestratorSettings;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.fleet.FleetSettings;
import org.deepseekplugin.orchestrator.nodes.NodeSettings;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.server.config.ServerConfig;
import org.deepseekplugin.server.state.Installation;

/// The orchestrator's settings as they are configured.
final class OrchestratorOptions {

    static OrchestratorSettings of(
            ServerConfig config, Installation installation, AgentAccess access) {
        var agents = config.agents();
        var fleet = FleetSettings.of(installation.owner());
        return new OrchestratorSettings(
                installation.tokenKey(),
                access,
                config.aliases(),
                new FleetSettings(
                        fleet.owner(),
                        agents.bootDeadline(),
                        fleet.listEvery(),
                        fleet.listSoon(),
                        fleet.tokenLife()),
                new NodeSettings(agents.heartbeat(), agents.deadAfter(), agents.bootDeadline()),
                Prices.ROUGH);
    }

    private OrchestratorOptions() {}
}
