package org.deepseekplugin.engine.llama.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextTest {
    private static final String MIXED = "añ 世界 🙂 👩‍👩‍👧 e\u0301 end";

    @Test
    void characters_split_over_tokens_come_out_whole() {
        for (int seed = 0; seed < 200; seed++) {
            var characters = new Characters();
            var text = new StringBuilder();
            for (var piece : pieces(MIXED.getBytes(StandardCharsets.UTF_8), new Random(seed))) {
                var shown = characters.add(piece);
                assertThat(shown).as("seed %d", seed).doesNotContain("\uFFFD");
                assertThat(Character.isHighSurrogate(last(shown))).as("seed %d", seed).isFalse();
                text.append(shown);
            }
            assertThat(text + characters.end()).as("seed %d", seed).isEqualTo(MIXED);
        }
    }

    @Test
    void bytes_that_are_no_character_become_the_replacement_character() {
        var characters = new Characters();

        assertThat(characters.add(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
        assertThat(characters.add(new byte[] {(byte) 0xF0, (byte) 0x9F})).isEmpty();
        assertThat(characters.end()).isEqualTo("\uFFFD");
    }

    @Test
    void a_stop_text_is_found_across_pieces_and_cut() {
        var stops = new StopTexts(List.of("<end>", "###"));

        assertThat(stops.add("one <e")).isEqualTo("one ");
        assertThat(stops.add("n")).isEmpty();
        assertThat(stops.add("d> two")).isEmpty();
        assertThat(stops.stopped()).isTrue();
        assertThat(stops.add("more")).isEmpty();
        assertThat(stops.end()).isEmpty();
    }

    @Test
    void what_only_began_like_a_stop_text_is_shown_after_all() {
        var stops = new StopTexts(List.of("<end>"));

        assertThat(stops.add("a <e")).isEqualTo("a ");
        assertThat(stops.add("lse <")).isEqualTo("<else ");
        assertThat(stops.end()).isEqualTo("<");
    }

    @Test
    void any_split_shows_the_text_before_the_first_stop() {
        var text = "aabaabaaab and aaab";
        for (int seed = 0; seed < 200; seed++) {
            var stops = new StopTexts(List.of("aaab", "zz"));
            var shown = new StringBuilder();
            for (var piece : pieces(text.getBytes(StandardCharsets.UTF_8), new Random(seed))) {
                shown.append(stops.add(new String(piece, StandardCharsets.UTF_8)));
            }
            shown.append(stops.end());
            assertThat(shown.toString()).as("seed %d", seed).isEqualTo("aabaab");
        }
    }

    private static char last(String text) {
        return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    }

    private static List<byte[]> pieces(byte[] bytes, Random random) {
        var pieces = new java.util.ArrayList<byte[]>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + random.nextInt(4));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }
}
