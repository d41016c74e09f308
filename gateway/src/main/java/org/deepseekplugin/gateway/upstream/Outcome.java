package org.deepseekplugin.gateway.upstream;

import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.ledger.Tokens;

/// How a call ended.
///
/// @param status of the answer; 0 without one
/// @param tokens what the answer stated, or what was counted while it passed
/// @param stated whether the answer stated them
public record Outcome(int status, End end, Tokens tokens, boolean stated) {

    /// Whether an answer began and did not end.
    boolean brokeInside() {
        return status > 0 && end == End.BROKEN;
    }

    public static Outcome unanswered(End end) {
        return new Outcome(0, end, Tokens.NONE, false);
    }

    public static Outcome whole(int status, Tokens tokens, boolean stated) {
        return new Outcome(status, End.WHOLE, tokens, stated);
    }

    public static Outcome refused(int status) {
        return new Outcome(status, End.WHOLE, Tokens.NONE, false);
    }
}
