package org.deepseekplugin.orchestrator.nodes;

import org.deepseekplugin.protocol.AgentMessage;

/// One connection of an agent, seen from this side. Methods may block for a moment: call them from
/// a virtual thread, one message after the other.
public interface AgentSession {
    void receive(AgentMessage message);

    /// The connection has ended.
    void closed();
}
