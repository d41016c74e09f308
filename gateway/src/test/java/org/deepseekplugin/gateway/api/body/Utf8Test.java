package org.deepseekplugin.gateway.api.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "plain and long enough for a whole long",
                "ä",
                "中文",
                "🙂",
                "aä中🙂z"
            })
    void takes_text(String text) {
        assertThat(Utf8.firstInvalid(text.getBytes(UTF_8))).isEqualTo(-1);
    }

    @Test
    void says_where_it_ends_to_be_text() {
        assertThat(Utf8.firstInvalid(new byte[] {'a', 'b', (byte) 0xE4, 'c'})).isEqualTo(2);
        assertThat(Utf8.firstInvalid(new byte[] {'a', (byte) 0xE4, (byte) 0xB8})).isEqualTo(1);
    }

    /// The JDK's strict decoder is the judge.
    @Test
    void agrees_with_the_jdk_about_random_bytes() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            var bytes = new byte[random.nextInt(1, 6)];
            random.nextBytes(bytes);
            bytes[0] |= (byte) 0xC0;
            for (int k = 1; k < bytes.length; k++) {
                if (random.nextInt(4) > 0) {
                    bytes[k] = (byte) (0x80 | (bytes[k] & 0x3F));
                }
            }
            assertThat(Utf8.firstInvalid(bytes) < 0)
                    .as(() -> "bytes " + java.util.Arrays.toString(bytes))
                    .isEqualTo(decodes(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
