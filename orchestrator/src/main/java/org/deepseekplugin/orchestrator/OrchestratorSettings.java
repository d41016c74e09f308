package org.deepseekplugin.orchestrator;

import java.util.Map;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.fleet.FleetSettings;
import org.deepseekplugin.orchestrator.nodes.NodeSettings;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.platform.security.Secret;

/// @param serverKey 32 random characters or more, kept with the store: join tokens derive from it
/// @param agents how fresh machines find this control plane
/// @param aliases other name → model
public record OrchestratorSettings(
        Secret serverKey,
        AgentAccess agents,
        Map<String, String> aliases,
        FleetSettings fleet,
        NodeSettings nodes,
        Prices prices) {

    public static OrchestratorSettings of(
            OwnerTag owner, Secret serverKey, AgentAccess agents, Map<String, String> aliases) {
        return new OrchestratorSettings(
                serverKey,
                agents,
                aliases,
                FleetSettings.of(owner),
                NodeSettings.defaults(),
                Prices.ROUGH);
    }
}
