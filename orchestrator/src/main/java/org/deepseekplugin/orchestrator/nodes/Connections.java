package org.deepseekplugin.orchestrator.nodes;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;

/// Who is connected, and what each node said last. In memory, thread-safe, never blocks.
final class Connections {

    private static final class Entry {
        LiveNode live;
        @Nullable AgentLink link;
        long connection;

        /// What was sent over this link last.
        @Nullable List<EngineSpec> sent;

        Entry(LiveNode live) {
            this.live = live;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private long lastRevision;
    private long lastConnection;

    synchronized void expect(String node, Instant since) {
        entries.computeIfAbsent(node, _ -> new Entry(LiveNode.unheard(since)));
    }

    /// @return the connection's number, for [#closed]
    synchronized long connected(String node, AgentLink link, Instant at) {
        var entry = entries.computeIfAbsent(node, _ -> new Entry(LiveNode.unheard(at)));
        entry.link = link;
        entry.sent = null;
        change(entry, live -> heard(live, true, at));
        entry.connection = ++lastConnection;
        return entry.connection;
    }

    synchronized void closed(String node, long connection) {
        var entry = entries.get(node);
        // an agent may have dialled anew before its old connection was seen to end
        if (entry != null && entry.connection == connection) {
            entry.link = null;
            change(entry, live -> heard(live, false, live.heardAt()));
        }
    }

    /// @return the replicas whose engine changed its state
    synchronized Set<String> heard(String node, AgentMessage.Heartbeat beat, Instant at) {
        var entry = entries.get(node);
        if (entry == null) {
            return Set.of();
        }
        var before = entry.live;
        entry.live =
                new LiveNode(
                        true,
                        at,
                        beat.revision(),
                        beat.engines(),
                        Optional.of(beat.host()),
                        beat.accelerators());
        return changes(before.engines(), beat.engines());
    }

    /// Sends the complete list if it is not what this link got last.
    ///
    /// @param now makes revisions grow over restarts, too
    synchronized void send(String node, List<EngineSpec> engines, Instant now) {
        var entry = entries.get(node);
        if (entry == null || entry.link == null || engines.equals(entry.sent)) {
            return;
        }
        entry.sent = engines;
        lastRevision = Math.max(lastRevision + 1, now.toEpochMilli());
        entry.link.send(new ServerMessage.Desired(lastRevision, engines, Unknown.NONE));
    }

    synchronized Optional<AgentLink> link(String node) {
        return Optional.ofNullable(entries.get(node)).map(entry -> entry.link);
    }

    synchronized Optional<LiveNode> live(String node) {
        return Optional.ofNullable(entries.get(node)).map(entry -> entry.live);
    }

    synchronized List<String> silentSince(Instant deadline) {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().live.heardAt().isBefore(deadline))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    synchronized void forget(String node) {
        entries.remove(node);
    }

    private static void change(Entry entry, UnaryOperator<LiveNode> change) {
        entry.live = change.apply(entry.live);
    }

    private static LiveNode heard(LiveNode live, boolean connected, Instant at) {
        return new LiveNode(
                connected, at, live.revision(), live.engines(), live.host(), live.accelerators());
    }

    private static Set<String> changes(List<EngineStatus> before, List<EngineStatus> after) {
        var changed = new HashSet<String>();
        var states = new HashMap<String, EngineStatus.State>();
        before.forEach(engine -> states.put(engine.replica(), engine.state()));
        for (var engine : after) {
            if (engine.state() != states.remove(engine.replica())) {
                changed.add(engine.replica());
            }
        }
        changed.addAll(states.keySet());
        return changed;
    }
}
