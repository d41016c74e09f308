package org.deepseekplugin.gateway.usage;

import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.jspecify.annotations.Nullable;

/// Watches an answer pass by for what it says it used. Keeps the end only, where engines say it;
/// the tokens of an answer that says nothing are counted by its events, about one each.
public final class UsageScan {
    private static final int WINDOW = 2 * UsageField.TAIL;

    private final boolean eventStream;
    private final byte[] window = new byte[WINDOW];
    private int filled;
    private int events;
    private byte before;

    /// @param eventStream whether the answer comes as server-sent events
    public UsageScan(boolean eventStream) {
        this.eventStream = eventStream;
    }

    public void see(Buffer piece) {
        if (eventStream) {
            countEvents(piece);
        }
        int from = Math.max(0, piece.length() - UsageField.TAIL);
        int length = piece.length() - from;
        if (filled + length > WINDOW) {
            int keep = Math.min(filled, UsageField.TAIL);
            System.arraycopy(window, filled - keep, window, 0, keep);
            filled = keep;
        }
        piece.getBytes(from, piece.length(), window, filled);
        filled += length;
    }

    /// An event ends with an empty line.
    private void countEvents(Buffer piece) {
        for (int i = 0; i < piece.length(); i++) {
            byte b = piece.getByte(i);
            if (b == '\n' && before == '\n') {
                events++;
            }
            if (b != '\r') {
                before = b;
            }
        }
    }

    /// Events that have passed.
    public int events() {
        return events;
    }

    /// What the answer stated, if it has.
    public @Nullable Tokens stated() {
        return UsageField.last(window, filled);
    }
}
