package org.deepseekplugin.gateway.api;

import io.vertx.core.buffer.Buffer;

/// Cuts a stream of server-sent events between events only, changing no byte: so there is always a
/// place where an error event can follow.
final class EventFraming {
    /// An event longer than this passes in parts.
    private static final int MAX_HELD = 1024 * 1024;

    private Buffer held = Buffer.buffer();

    /// What can be passed on now; what is left over comes first next time.
    Buffer complete(Buffer piece) {
        var bytes = held.length() == 0 ? piece : held.appendBuffer(piece);
        int end = endOfLastEvent(bytes);
        if (end == bytes.length() || bytes.length() > MAX_HELD) {
            held = Buffer.buffer();
            return bytes;
        }
        held = bytes.getBuffer(end, bytes.length());
        return bytes.getBuffer(0, end);
    }

    /// The begin of an event that never ended.
    Buffer rest() {
        return held;
    }

    /// Events end with an empty line: LF LF or CR LF CR LF.
    private static int endOfLastEvent(Buffer bytes) {
        for (int i = bytes.length() - 1; i > 0; i--) {
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
