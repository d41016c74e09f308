package org.deepseekplugin.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.agent.engine.EngineLauncher;
import org.deepseekplugin.platform.security.Secret;

/// What an agent is told when it starts.
///
/// @param server the control plane's address for agents
/// @param caPem whom to trust until the node has joined
/// @param dataHost where the gateway may reach this node
/// @param environment of the process
/// @param log what the agent itself said lately
/// @param clock tells when certificates end
public record AgentSettings(
        Path home,
        URI server,
        String caPem,
        Secret token,
        String dataHost,
        List<EngineLauncher> launchers,
        Map<String, String> environment,
        AgentLog log,
        Clock clock) {}
