package org.deepseekplugin.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// The few forms of DER (ITU-T X.690) that a certificate request is made of.
final class Der {

    static byte[] sequence(byte[]... elements) {
        return tagged(0x30, elements);
    }

    static byte[] set(byte[]... elements) {
        return tagged(0x31, elements);
    }

    /// A constructed, context-specific element.
    static byte[] context(int number, byte[]... elements) {
        return tagged(0xA0 | number, elements);
    }

    /// @param value 0 to 127
    static byte[] integer(int value) {
        return tagged(0x02, new byte[] {(byte) value});
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(UTF_8));
    }

    static byte[] bits(byte[] wholeBytes) {
        return tagged(0x03, new byte[] {0}, wholeBytes);
    }

    static byte[] oid(int first, int second, int... rest) {
        var body = new ByteArrayOutputStream();
        body.write(40 * first + second);
        for (int arc : rest) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    body.write(0x80 | (arc >> shift & 0x7F));
                }
            }
            body.write(arc & 0x7F);
        }
        return tagged(0x06, body.toByteArray());
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        var body = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            body.writeBytes(content);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        length(body.size(), element);
        element.writeBytes(body.toByteArray());
        return element.toByteArray();
    }

    private static void length(int length, ByteArrayOutputStream out) {
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
    }

    private Der() {}
}
