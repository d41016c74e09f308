package org.deepseekplugin.gateway.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// How an entry is written: `<crc32c of the rest, 8 hex digits> <kind> <json>` and a line feed. A
/// person can read it; a torn or damaged line cannot pass for a whole one.
final class EntryLine {
    private static final int CRC_DIGITS = 8;
    private static final int HEADER = CRC_DIGITS + 3;

    /// Times as milliseconds: as texts or with nanoseconds they take longer to write than all the
    /// rest.
    private static final JsonMapper JSON =
            Json.mapper()
                    .rebuild()
                    .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
                    .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                    .build();

    static void write(Entry entry, LineBuffer out) {
        int crcAt = out.skip(CRC_DIGITS);
        out.write(' ');
        out.write(kind(entry));
        out.write(' ');
        JSON.writeValue(out, value(entry));
        int from = crcAt + CRC_DIGITS + 1;
        out.writeHex(crcAt, crc(out.bytes(), from, out.size()));
        out.write('\n');
    }

    /// @param line without its line feed
    /// @return empty when the line is damaged
    static Optional<Entry> read(byte[] line) {
        if (line.length <= HEADER || line[CRC_DIGITS] != ' ') {
            return Optional.empty();
        }
        var crc = HexFormat.of().toHexDigits(crc(line, CRC_DIGITS + 1, line.length));
        if (!crc.equals(new String(line, 0, CRC_DIGITS, US_ASCII))) {
            return Optional.empty();
        }
        try {
            return entry((char) line[CRC_DIGITS + 1], line);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static char kind(Entry entry) {
        return switch (entry) {
            case Entry.Opened opened -> 'O';
            case Entry.Passed passed -> 'P';
            case Entry.Closed closed -> 'C';
            case Entry.Told told -> 'T';
            case Entry.Assumed assumed -> 'A';
            case Entry.Carried carried -> 'S';
            case Entry.Doubtful doubtful -> 'D';
        };
    }

    private static Object value(Entry entry) {
        return switch (entry) {
            case Entry.Opened(var attempt) -> attempt;
            case Entry.Passed passed -> passed;
            case Entry.Closed(var observed) -> observed;
            case Entry.Told(var record) -> record;
            case Entry.Assumed assumed -> assumed;
            case Entry.Carried carried -> carried;
            case Entry.Doubtful doubtful -> doubtful;
        };
    }

    /// A kind that is not known was written by a newer version: better no ledger than a wrong one.
    private static Optional<Entry> entry(char kind, byte[] line) {
        return Optional.of(
                switch (kind) {
                    case 'O' -> new Entry.Opened(json(line, Attempt.class));
                    case 'P' -> json(line, Entry.Passed.class);
                    case 'C' -> new Entry.Closed(json(line, Observed.class));
                    case 'T' -> new Entry.Told(json(line, EngineRecord.class));
                    case 'A' -> json(line, Entry.Assumed.class);
                    case 'S' -> json(line, Entry.Carried.class);
                    case 'D' -> json(line, Entry.Doubtful.class);
                    default ->
                            throw new IllegalStateException(
                                    "the ledger holds an entry of the unknown kind '"
                                            + kind
                                            + "': a newer version wrote it; start that one");
                });
    }

    private static <T> T json(byte[] line, Class<T> type) {
        return JSON.readValue(line, HEADER, line.length - HEADER, type);
    }

    private static int crc(byte[] bytes, int from, int to) {
        var crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private EntryLine() {}
}
