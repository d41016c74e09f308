package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
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
        Duration heard;
        boolean silent;
        @Nullable AgentLink link;
        long connection;

        /// What was sent over this link last.
        @Nullable List<EngineSpec> sent;

        long sentRevision;

        Entry(LiveNode live, Duration heard) {
            this.live = live;
            this.heard = heard;
        }
    }

    private final Surroundings surroundings;
    private final Map<String, Entry> entries = new HashMap<>();
    private long lastRevision;
    private long lastConnection;
    private Duration lastLook;

    Connections(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.lastLook = surroundings.uptime();
    }

    /// The node has the whole deadline to be heard.
    synchronized void expect(String node) {
        entry(node);
    }

    /// @return the connection's number, for [#closed]
    synchronized long connected(String node, AgentLink link) {
        var entry = entry(node);
        entry.link = link;
        entry.sent = null;
        entry.live = entry.live.connected(true, surroundings.now());
        heardNow(entry);
        entry.connection = ++lastConnection;
        return entry.connection;
    }

    synchronized void closed(String node, long connection) {
        var entry = entries.get(node);
        // an agent may have dialled anew before its old connection was seen to end
        if (entry != null && entry.connection == connection) {
            entry.link = null;
            entry.live = entry.live.connected(false, entry.live.heardAt());
        }
    }

    /// @return the replicas whose engine changed its state, or that it was told about and has acted
    synchronized Set<String> heard(String node, AgentMessage.Heartbeat beat) {
        var entry = entries.get(node);
        if (entry == null) {
            return Set.of();
        }
        var before = entry.live;
        entry.live = before.heard(beat, surroundings.now());
        heardNow(entry);
        correct(entry, beat.revision());
        var changed = changes(before.engines(), beat.engines());
        if (beat.revision() != before.revision()) {
            beat.engines().forEach(engine -> changed.add(engine.replica()));
        }
        return changed;
    }

    /// Revisions grow with the wall clock, over restarts, too. If that was set back since, the
    /// agent holds what we said for older than what it knows: say it again, newer.
    private void correct(Entry entry, long revision) {
        lastRevision = Math.max(lastRevision, revision);
        if (entry.sent != null && revision > entry.sentRevision) {
            transmit(entry, entry.sent);
        }
    }

    /// Sends the complete list if it is not what this link got last.
    synchronized void send(String node, List<EngineSpec> engines) {
        var entry = entries.get(node);
        if (entry != null && !engines.equals(entry.sent)) {
            transmit(entry, engines);
        }
    }

    private void transmit(Entry entry, List<EngineSpec> engines) {
        if (entry.link == null) {
            return;
        }
        lastRevision = Math.max(lastRevision + 1, surroundings.now().toEpochMilli());
        entry.sent = engines;
        entry.sentRevision = lastRevision;
        entry.link.send(new ServerMessage.Desired(lastRevision, engines, Unknown.NONE));
    }

    /// Whether what the node says of its engines is about these.
    synchronized boolean actsOn(String node, List<EngineSpec> engines) {
        var entry = entries.get(node);
        return entry != null
                && engines.equals(entry.sent)
                && entry.live.revision() >= entry.sentRevision;
    }

    synchronized Optional<AgentLink> link(String node) {
        return Optional.ofNullable(entries.get(node)).map(entry -> entry.link);
    }

    synchronized Optional<LiveNode> live(String node) {
        return Optional.ofNullable(entries.get(node)).map(entry -> entry.live);
    }

    /// Looks who has been silent for the deadline. If nobody looked for a while, it was this
    /// process that stood still; then silence proves nothing, and everyone gets the whole deadline
    /// anew.
    ///
    /// @param every how often this is called
    synchronized List<String> look(Duration deadline, Duration every) {
        var now = surroundings.uptime();
        boolean stoodStill = now.minus(lastLook).compareTo(every.multipliedBy(3)) > 0;
        lastLook = now;
        var silent = new ArrayList<String>();
        entries.forEach((node, entry) -> {
            if (stoodStill) {
                entry.heard = now;
            }
            entry.silent = now.minus(entry.heard).compareTo(deadline) > 0;
            if (entry.silent) {
                silent.add(node);
            }
        });
        return silent.stream().sorted().toList();
    }

    /// When somebody looked last.
    synchronized boolean isSilent(String node) {
        var entry = entries.get(node);
        return entry != null && entry.silent;
    }

    synchronized void forget(String node) {
        entries.remove(node);
    }

    private Entry entry(String node) {
        return entries.computeIfAbsent(
                node, _ -> new Entry(LiveNode.unheard(surroundings.now()), surroundings.uptime()));
    }

    private void heardNow(Entry entry) {
        entry.heard = surroundings.uptime();
        entry.silent = false;
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
