package org.deepseekplugin.orchestrator.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.HostReading;

/// What a node said last. Kept in memory only.
///
/// @param heardAt of the last message; of the start of this process before the first
/// @param revision the newest desired state it acted on
/// @param host empty before its first heartbeat
public record LiveNode(
        boolean connected,
        Instant heardAt,
        long revision,
        List<EngineStatus> engines,
        Optional<HostReading> host,
        List<AcceleratorReading> accelerators) {

    static LiveNode unheard(Instant since) {
        return new LiveNode(false, since, 0, List.of(), Optional.empty(), List.of());
    }

    LiveNode connected(boolean now, Instant at) {
        return new LiveNode(now, at, revision, engines, host, accelerators);
    }

    LiveNode heard(AgentMessage.Heartbeat beat, Instant at) {
        return new LiveNode(
                true,
                at,
                beat.revision(),
                beat.engines(),
                Optional.of(beat.host()),
                beat.accelerators());
    }

    public Optional<EngineStatus> engine(String replica) {
        return engines.stream().filter(e -> e.replica().equals(replica)).findFirst();
    }
}
