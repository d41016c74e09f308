package org.deepseekplugin.orchestrator.nodes;

import org.deepseekplugin.protocol.ServerMessage;

/// The way to one connected agent. May drop what it is given when the connection breaks; everything
/// that matters is sent again.
@FunctionalInterface
public interface AgentLink {
    void send(ServerMessage message);
}
