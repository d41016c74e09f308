package org.deepseekplugin.agent.link;

import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.ServerMessage;

/// What an agent has to say, and what it makes of what it hears. Called from the link's one thread;
/// may block for a moment.
public interface Conversation {
    AgentMessage.Hello hello();

    AgentMessage.Heartbeat heartbeat(long sequence);

    void hear(ServerMessage message);

    /// A new connection is up; nothing sent over an earlier one can be relied upon.
    void connected();
}
