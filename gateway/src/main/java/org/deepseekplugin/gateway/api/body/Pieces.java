package org.deepseekplugin.gateway.api.body;

import io.vertx.core.buffer.Buffer;

/// A body as it comes in. One that comes in one piece is kept as it came.
final class Pieces {
    private Buffer bytes = Buffer.buffer();
    private int count;

    void add(Buffer piece) {
        if (count == 1) {
            bytes = bytes.copy();
        }
        bytes = count == 0 ? piece : bytes.appendBuffer(piece);
        count++;
    }

    void clear() {
        bytes = Buffer.buffer();
        count = 0;
    }

    int length() {
        return bytes.length();
    }

    Buffer bytes() {
        return bytes;
    }
}
