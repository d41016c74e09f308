package org.deepseekplugin.protocol;

import java.time.Instant;
import java.util.List;

/// What an agent sends over its connection. The field `type` names the case in kebab-case.
public sealed interface AgentMessage {

    /// First message of every connection.
    record Hello(int protocol, String node, String bootId, Fingerprint fingerprint, Unknown unknown)
            implements AgentMessage {}

    /// Sent every [JoinResponse#heartbeat], and at once when an engine changes its state.
    ///
    /// @param revision the newest [ServerMessage.Desired] that was acted on; 0 before the first
    record Heartbeat(
            long sequence,
            Instant at,
            long revision,
            List<EngineStatus> engines,
            HostReading host,
            List<AcceleratorReading> accelerators,
            Unknown unknown)
            implements AgentMessage {}

    /// Terminal records of requests, at least once each; resent until acknowledged.
    record Usage(long batch, List<UsageRecord> records, Unknown unknown) implements AgentMessage {}

    /// Answer to [ServerMessage.TailLog], oldest line first.
    record LogLines(String request, List<String> lines, Unknown unknown) implements AgentMessage {}

    /// Asks for the next certificate before the one in use ends. Answered by
    /// [ServerMessage.Renewed]; the same request may be sent again when no answer comes.
    ///
    /// @param csrPem a PKCS#10 request, for a fresh key
    record Renew(String csrPem, Unknown unknown) implements AgentMessage {}
}
