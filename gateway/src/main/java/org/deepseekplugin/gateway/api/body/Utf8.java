package org.deepseekplugin.gateway.api.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Strict UTF-8 as the Unicode Standard defines it in table 3-7: no overlong forms, no surrogates,
/// nothing above U+10FFFF.
final class Utf8 {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    /// @return the offset of the first byte that is wrong, or -1
    static int firstInvalid(byte[] text) {
        int i = 0;
        while (i < text.length) {
            if (text[i] >= 0) {
                i = skipAscii(text, i);
            } else {
                int length = sequenceLength(text, i);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
        }
        return -1;
    }

    private static int skipAscii(byte[] text, int from) {
        int i = from;
        while (i + Long.BYTES <= text.length && ((long) LONGS.get(text, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < text.length && text[i] >= 0) {
            i++;
        }
        return i;
    }

    /// Length of the well-formed sequence that begins with a byte above 0x7F; 0 if there is none.
    private static int sequenceLength(byte[] text, int i) {
        int first = text[i] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > text.length) {
            return 0;
        }
        int second = text[i + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((text[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private Utf8() {}
}
