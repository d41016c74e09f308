package org.deepseekplugin.server.clouds;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.deepseekplugin.platform.json.Json;

/// One line in `audit/cloud-calls.jsonl` for every call to a cloud. Only ever appended to.
final class CallAudit implements AutoCloseable {
    private final BufferedWriter writer;

    /// @param failure class and message of what was thrown; empty if nothing was
    record Line(
            Instant at, String cloud, String action, String region, long millis, String failure) {}

    CallAudit(Path folder) {
        try {
            Files.createDirectories(folder);
            writer =
                    Files.newBufferedWriter(
                            folder.resolve("cloud-calls.jsonl"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the audit below " + folder, e);
        }
    }

    /// Handed to the operating system before this returns, so a kill of the process loses nothing.
    synchronized void append(Line line) {
        try {
            writer.write(Json.write(line) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the audit; free space on the disk", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the audit", e);
        }
    }
}
