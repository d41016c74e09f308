package org.deepseekplugin.orchestrator.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.Wire;

/// A machine whose agent has joined.
///
/// @param instance the rented machine it is, if it is one
/// @param live what it said last, since this process started
public record Node(
        String id,
        String project,
        Optional<String> instance,
        State state,
        Fingerprint fingerprint,
        Instant joinedAt,
        Instant updatedAt,
        Optional<LiveNode> live) {

    public enum State {
        /// Has its certificate, was never connected.
        JOINED,
        UP,
        /// Silent for too long; its machine is given back.
        DEAD,
        /// Its machine is gone.
        GONE;

        public boolean isUsable() {
            return this == JOINED || this == UP;
        }
    }

    /// As the store keeps it.
    public static Fingerprint fingerprint(String stored) {
        return Wire.decode(Fingerprint.class, Json.map(stored.getBytes(UTF_8)));
    }

    Node with(LiveNode live) {
        return new Node(
                id, project, instance, state, fingerprint, joinedAt, updatedAt, Optional.of(live));
    }
}
