package org.deepseekplugin.gateway.ledger;

import java.io.ByteArrayOutputStream;

/// Lines on their way to the disk, whose begin can be filled in when their end is known. Not
/// thread-safe.
final class LineBuffer extends ByteArrayOutputStream {
    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    LineBuffer() {
        super(4096);
    }

    /// Leaves room.
    ///
    /// @return where it begins
    int skip(int length) {
        int at = size();
        for (int i = 0; i < length; i++) {
            write('0');
        }
        return at;
    }

    /// Eight digits at `at`.
    void writeHex(int at, int value) {
        for (int i = 0; i < Integer.BYTES * 2; i++) {
            buf[at + i] = DIGITS[(value >>> (28 - 4 * i)) & 0xF];
        }
    }

    /// The bytes themselves, of which [#size] count.
    byte[] bytes() {
        return buf;
    }
}
