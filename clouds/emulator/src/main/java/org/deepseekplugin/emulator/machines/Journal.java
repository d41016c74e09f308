package org.deepseekplugin.emulator.machines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deepseekplugin.platform.json.Json;

/// The store of the machines and, at the same time, their launch book: one JSON object a line,
/// append-only, `{"launched": {…}}`. A line is whole or it never happened, also after `kill -9`: a
/// torn tail is cut when the journal opens.
///
/// Not thread-safe; its owner holds a lock.
final class Journal implements AutoCloseable {
    private static final Map<String, Class<? extends Entry>> KINDS =
            Stream.<Class<? extends Entry>>of(
                            Entry.Launched.class,
                            Entry.Changed.class,
                            Entry.Noticed.class,
                            Entry.Tagged.class,
                            Entry.CapacitySet.class,
                            Entry.QuotaSet.class,
                            Entry.GroupMade.class,
                            Entry.GroupDeleted.class)
                    .collect(Collectors.toUnmodifiableMap(Journal::kind, type -> type));

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /// Hands every entry of the file to `replay`, then opens the file for more.
    static Journal open(Path file, Consumer<Entry> replay) throws IOException {
        long whole = 0;
        if (Files.exists(file)) {
            var bytes = Files.readAllBytes(file);
            whole = lastNewline(bytes) + 1L;
            var text = new String(bytes, 0, (int) whole, StandardCharsets.UTF_8);
            text.lines().map(Journal::parse).forEach(replay);
        }
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(whole).position(whole);
        return new Journal(channel);
    }

    /// @param durable true: on the disk when this returns; false: only safe from our own death
    void append(Entry entry, boolean durable) {
        var line = Json.write(Map.of(kind(entry.getClass()), entry)) + "\n";
        var buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durable) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the machine journal cannot be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Entry parse(String line) {
        var fields = Json.mapper().readTree(line).properties();
        var field = List.copyOf(fields).getFirst();
        var type = KINDS.get(field.getKey());
        if (type == null) {
            throw new IllegalStateException(
                    "the machine journal holds an unknown entry \"" + field.getKey() + "\"");
        }
        return Json.mapper().treeToValue(field.getValue(), type);
    }

    private static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static int lastNewline(byte[] bytes) {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }
}
