package org.deepseekplugin.gateway.ledger;

import java.time.Instant;

/// How an attempt ended as the gateway saw it.
///
/// @param attempt [Attempt#id]
/// @param status what the upstream answered; 0 when it did not
/// @param end whether the answer came whole
/// @param tokens the usage that the answer stated, or a count of what passed by
/// @param stated whether the answer itself stated its usage
public record Observed(
        String attempt, int status, End end, Tokens tokens, boolean stated, Instant at) {

    /// How the answer ended.
    public enum End {
        WHOLE,
        CLIENT_GONE,
        BROKEN,
        NOT_REACHED
    }
}
