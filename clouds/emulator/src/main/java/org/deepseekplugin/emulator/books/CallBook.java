package org.deepseekplugin.emulator.books;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every call to every cloud's API, with its result: one JSON object a line, append-only. Written
/// before the answer leaves, so it survives our own death, though not a power cut. Thread-safe.
public final class CallBook implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallBook.class);

    private final LineFile lines;
    private final Map<String, Counts> counts = new TreeMap<>();

    /// The calls of one action, counted.
    ///
    /// @param byToken those that carried an idempotency token
    /// @param byResult `ok` or the error code
    public record Tally(int total, Map<String, Integer> byToken, Map<String, Integer> byResult) {}

    public CallBook(Path file) throws IOException {
        lines = LineFile.open(file, this::recall);
    }

    public synchronized void add(Call call) {
        lines.append(Json.write(call), false);
        count(call);
    }

    /// By action.
    public synchronized Map<String, Tally> tallies() {
        var all = new TreeMap<String, Tally>();
        counts.forEach((action, one) -> all.put(action, one.tally()));
        return all;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /// What a power cut spoilt is not counted.
    private void recall(String line) {
        try {
            count(Json.read(line.getBytes(StandardCharsets.UTF_8), Call.class));
        } catch (PlatformException spoilt) {
            log.atWarn().addKeyValue("line", line).log("unreadable line in the call book");
        }
    }

    private void count(Call call) {
        counts.computeIfAbsent(call.action(), action -> new Counts()).add(call);
    }

    private static final class Counts {
        private int total;
        private final Map<String, Integer> byToken = new TreeMap<>();
        private final Map<String, Integer> byResult = new TreeMap<>();

        void add(Call call) {
            total++;
            call.token().ifPresent(token -> byToken.merge(token, 1, Integer::sum));
            byResult.merge(call.result(), 1, Integer::sum);
        }

        Tally tally() {
            return new Tally(total, Map.copyOf(byToken), Map.copyOf(byResult));
        }
    }
}
