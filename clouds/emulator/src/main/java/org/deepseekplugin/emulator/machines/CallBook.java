package org.deepseekplugin.emulator.machines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.platform.json.Json;

/// Every call to every cloud's API, with its result: one JSON object a line, append-only. Written
/// before the answer leaves, so it survives our own death, though not a power cut. Thread-safe.
public final class CallBook implements AutoCloseable {
    private final FileChannel channel;
    private final Map<String, Counts> counts = new TreeMap<>();

    /// The calls of one action, counted.
    ///
    /// @param byToken those that carried an idempotency token
    /// @param byResult `ok` or the error code
    public record Tally(int total, Map<String, Integer> byToken, Map<String, Integer> byResult) {}

    public CallBook(Path file) throws IOException {
        if (Files.exists(file)) {
            try (var lines = Files.lines(file)) {
                lines.filter(line -> line.endsWith("}")).forEach(this::recall);
            }
        }
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
        // what a killed process left unfinished must not swallow the next line
        if (channel.size() > 0) {
            write("\n");
        }
    }

    public synchronized void add(Call call) {
        write(Json.write(call) + "\n");
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
        channel.close();
    }

    private void recall(String line) {
        count(Json.read(line.getBytes(StandardCharsets.UTF_8), Call.class));
    }

    private void count(Call call) {
        counts.computeIfAbsent(call.action(), action -> new Counts()).add(call);
    }

    private void write(String text) {
        var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the call book cannot be written", e);
        }
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
