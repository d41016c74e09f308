package org.deepseekplugin.orchestrator.fleet;

import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Offer;

/// The durable decision to rent, written before the cloud is called.
///
/// @param attempt counts the intents of a replica from 1
/// @param inDoubt a call was made whose answer nobody knows: there may be machines
/// @param calls made so far
/// @param failure why it ended, or what the cloud said last
public record Intent(
        String id,
        String project,
        String replica,
        int attempt,
        Offer offer,
        String token,
        State state,
        boolean inDoubt,
        int calls,
        Optional<String> failure,
        Instant createdAt,
        Instant updatedAt) {

    /// `ASKING → HELD → RELEASING → CLOSED`; refused: `ASKING → CLOSED`; no longer wanted before
    /// the answer is known: `ASKING → WITHDRAWN → RELEASING or CLOSED`. A replica has one intent at
    /// most that is `ASKING` or `HELD`.
    public enum State {
        /// The cloud is to be asked, always with the same request, until it has answered.
        ASKING,
        /// The machines are ours and wanted.
        HELD,
        /// Not wanted any more, but the cloud may have made machines: find out, then return them.
        WITHDRAWN,
        /// The machines are to be returned until the cloud's listing agrees.
        RELEASING,
        /// Nothing is left of it.
        CLOSED;

        /// The cloud has yet to say what became of it.
        boolean isAsking() {
            return this == ASKING || this == WITHDRAWN;
        }
    }

    public String cloud() {
        return offer.cloud();
    }
}
