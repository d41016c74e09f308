package org.deepseekplugin.protocol;

import java.util.List;

/// What the control plane sends to an agent. The field `type` names the case in kebab-case.
public sealed interface ServerMessage {

    /// Everything the node shall run, complete: what is not in it is drained and stopped.
    record Desired(long revision, List<EngineSpec> engines, Unknown unknown)
            implements ServerMessage {}

    /// All records up to this batch are durable; the agent may forget them.
    record UsageAck(long batch, Unknown unknown) implements ServerMessage {}

    /// Asks for the last lines of a log.
    ///
    /// @param source `agent`, or the replica whose engine's log is wanted
    record TailLog(String request, String source, int lines, Unknown unknown)
            implements ServerMessage {}

    /// The certificate that [AgentMessage.Renew] asked for, good for connections to come; those
    /// that are open go on.
    ///
    /// @param certificatePem as in [JoinResponse]
    /// @param caPem as in [JoinResponse]
    record Renewed(String certificatePem, String caPem, Unknown unknown) implements ServerMessage {}
}
