package org.deepseekplugin.gateway.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EntryLineTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Account ACCOUNT =
            new Account("default", "key", "tiny", LocalDate.of(2026, 1, 1));

    static Entry[] entries() {
        var attempt = new Attempt("a", "req", 1, "default", "key", "gpt", "tiny", "r1", 4, AT);
        var tokens = new Tokens(7, 2, 3);
        return new Entry[] {
            new Entry.Opened(attempt),
            new Entry.Passed("a", 256),
            new Entry.Closed(new Observed("a", 200, End.CLIENT_GONE, tokens, false, AT)),
            new Entry.Told(new EngineRecord("a", "r1", tokens, "stop", AT)),
            new Entry.Assumed("a", AT),
            new Entry.Carried(ACCOUNT, new Totals(1, tokens, Tokens.NONE)),
            new Entry.Doubtful("a", ACCOUNT, new Totals(0, tokens, tokens), AT),
        };
    }

    @ParameterizedTest
    @MethodSource("entries")
    void what_was_written_is_read_back(Entry entry) {
        assertThat(EntryLine.read(line(entry))).contains(entry);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void no_changed_byte_passes_unnoticed(Entry entry) {
        var line = line(entry);
        for (int i = 0; i < line.length; i++) {
            var damaged = line.clone();
            damaged[i] ^= 1;
            assertThat(EntryLine.read(damaged)).as("byte %s", i).isEmpty();
        }
    }

    @Test
    void a_line_of_before_prompts_were_estimated_is_understood() {
        var rest =
                "O {\"id\":\"a\",\"request\":\"req\",\"number\":1,\"project\":\"default\",\"key_id\":\"key\","
                        + "\"asked\":\"gpt\",\"model\":\"tiny\",\"replica\":\"r1\",\"at\":1767225600.000000000}";

        assertThat(EntryLine.read((crc(rest) + " " + rest).getBytes(US_ASCII)))
                .hasValueSatisfying(entry ->
                        assertThat(((Entry.Opened) entry).attempt().promptEstimate()).isZero());
    }

    private static byte[] line(Entry entry) {
        var out = new LineBuffer();
        EntryLine.write(entry, out);
        var line = out.toByteArray();
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        return Arrays.copyOf(line, line.length - 1);
    }

    private static String crc(String rest) {
        var crc = new CRC32C();
        crc.update(rest.getBytes(US_ASCII));
        return "%08x".formatted(crc.getValue());
    }
}
