package org.deepseekplugin.gateway.api;

import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.jspecify.annotations.Nullable;

/// Watches an answer pass by for what it says it used. Keeps the end only, where engines say it;
/// the tokens of an answer that says nothing are counted by its events, about one each.
final class UsageScan {
    private static final int WINDOW = 2 * UsageField.TAIL;

    private final boolean eventStream;
    private final byte[] window = new byte[WINDOW];
    private int filled;
    private int events;
    private byte before;
    private @Nullable Tokens stated;

    /// @param eventStream whether the answer comes as server-sent events
    UsageScan(boolean eventStream) {
        this.eventStream = eventStream;
    }

    void see(Buffer piece) {
        int from = Math.max(0, piece.length() - UsageField.TAIL);
        int length = piece.length() - from;
        if (filled + length > WINDOW) {
            int keep = Math.min(filled, UsageField.TAIL);
            System.arraycopy(window, filled - keep, window, 0, keep);
            filled = keep;
        }
        piece.getBytes(from, piece.length(), window, filled);
        if (eventStream) {
            countEvents(filled, filled + length);
        }
        filled += length;
    }

    /// An event ends with an empty line.
    private void countEvents(int from, int to) {
        for (int i = from; i < to; i++) {
            if (window[i] == '\n' && before == '\n') {
                events++;
            }
            before = window[i];
        }
    }

    /// Whether the answer stated its usage.
    boolean stated() {
        return find() != null;
    }

    Tokens tokens() {
        var found = find();
        return found == null ? new Tokens(0, 0, events) : found;
    }

    private @Nullable Tokens find() {
        if (stated == null) {
            stated = UsageField.last(window, filled);
        }
        return stated;
    }
}
