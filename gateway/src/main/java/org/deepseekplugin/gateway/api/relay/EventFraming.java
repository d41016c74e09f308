package org.deepseekplugin.gateway.api.relay;

import io.vertx.core.buffer.Buffer;

/// Cuts a stream of server-sent events between events only, changing no byte: so there is always a
/// place where an error event can follow.
final class EventFraming {
    /// An event longer than this passes in parts.
    private static final int MAX_HELD = 1024 * 1024;

    /// An event's end may begin so many bytes before the piece that ends it.
    private static final int END_BYTES = 4;

    private Buffer held = Buffer.buffer();

    /// What can be passed on now; what is left over comes first next time.
    Buffer complete(Buffer piece) {
        boolean alone = held.length() == 0;
        int known = Math.max(0, held.length() - END_BYTES);
        var bytes = alone ? piece : held.appendBuffer(piece);
        int end = endOfLastEvent(bytes, known);
        if (end == bytes.length() || bytes.length() > MAX_HELD) {
            held = Buffer.buffer();
            return bytes;
        }
        if (end == 0) {
            held = alone ? piece.copy() : bytes;
            return Buffer.buffer();
        }
        held = bytes.getBuffer(end, bytes.length());
        return bytes.getBuffer(0, end);
    }

    /// The begin of an event that never ended.
    Buffer rest() {
        return held;
    }

    /// Events end with an empty line: LF LF or CR LF CR LF.
    ///
    /// @param from no event ends before this
    private static int endOfLastEvent(Buffer bytes, int from) {
        for (int i = bytes.length() - 1; i > from; i--) {
            if (bytes.getByte(i) == '\n' && isLineEnd(bytes, i - 1)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isLineEnd(Buffer bytes, int i) {
        return bytes.getByte(i) == '\n'
                || (bytes.getByte(i) == '\r' && i > 0 && bytes.getByte(i - 1) == '\n');
    }
}
