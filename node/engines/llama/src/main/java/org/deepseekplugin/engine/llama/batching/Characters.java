package org.deepseekplugin.engine.llama.batching;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Puts characters together from tokens, which may be parts of a character. Bytes that can never
/// become one turn into U+FFFD.
final class Characters {
    /// A character is four bytes at most, so three may wait for the rest.
    private static final int WAITING = 3;

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] waiting = new byte[0];

    /// The characters that are complete with these bytes.
    String add(byte[] bytes) {
        return decode(bytes, false);
    }

    /// What is left when no more bytes come.
    String end() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean last) {
        var in = ByteBuffer.allocate(waiting.length + bytes.length);
        in.put(waiting).put(bytes).flip();
        var out = CharBuffer.allocate(in.remaining() + WAITING);
        decoder.reset();
        decoder.decode(in, out, last);
        waiting = new byte[in.remaining()];
        in.get(waiting);
        return out.flip().toString();
    }
}
