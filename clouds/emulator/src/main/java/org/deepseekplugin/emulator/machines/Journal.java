package org.deepseekplugin.emulator.machines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.books.LineFile;
import org.deepseekplugin.platform.json.Json;

/// The store of the machines and, at the same time, their launch book: one JSON object a line,
/// append-only, `{"launched": {…}}`. A line is whole or it never happened, also after `kill -9` or
/// on a full disk.
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
                            Entry.ResourcePut.class,
                            Entry.ResourceDeleted.class)
                    .collect(Collectors.toUnmodifiableMap(Journal::kind, type -> type));

    private final LineFile lines;

    private Journal(LineFile lines) {
        this.lines = lines;
    }

    /// Hands every entry of the file to `replay`, then opens the file for more.
    static Journal open(Path file, Consumer<Entry> replay) throws IOException {
        return new Journal(LineFile.open(file, line -> replay.accept(parse(line))));
    }

    /// @param durable true: on the disk when this returns; false: only safe from our own death
    void append(Entry entry, boolean durable) {
        lines.append(Json.write(Map.of(kind(entry.getClass()), entry)), durable);
    }

    @Override
    public void close() throws IOException {
        lines.close();
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
}
