package org.deepseekplugin.gateway.ledger.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger's files: `ledger-<number>.log`, only ever appended to. Each begins with a summary of
/// all before it, so that the newest alone tells everything and older ones may go. Not thread-safe.
public final class Segments implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Segments.class);
    private static final String PREFIX = "ledger-";
    private static final String SUFFIX = ".log";

    private final Path dir;
    private long number;
    private FileChannel current;
    private long summaryEnd;
    private long end;
    private boolean synced = true;

    private Segments(Path dir, long number, FileChannel current, long end) {
        this.dir = dir;
        this.number = number;
        this.current = current;
        this.end = end;
    }

    /// Reads the newest segment back and goes on after its last whole line.
    public static Segments open(Path dir, LineReader reader) throws IOException {
        var newest = newest(dir);
        if (newest.isEmpty()) {
            return new Segments(dir, 1, create(dir, 1, new byte[0]), 0);
        }
        long end = Lines.replay(newest.get(), reader);
        var channel = FileChannel.open(newest.get(), READ, WRITE);
        channel.truncate(end);
        return new Segments(dir, number(newest.get()), channel, end);
    }

    /// The newest segment, if there is one.
    public static Optional<Path> newest(Path dir) throws IOException {
        return all(dir).stream().reduce((older, newer) -> newer);
    }

    /// Oldest first.
    public static List<Path> all(Path dir) throws IOException {
        try (var files = Files.list(dir)) {
            return files.filter(
                            file -> {
                                var name = file.getFileName().toString();
                                return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                            })
                    .sorted()
                    .toList();
        }
    }

    /// Appends at the end of what was written whole: a write that failed half-way is overwritten by
    /// the next.
    ///
    /// @param length of `lines` to be written
    public void append(byte[] lines, int length) throws IOException {
        synced = false;
        var buffer = ByteBuffer.wrap(lines, 0, length);
        while (buffer.hasRemaining()) {
            current.write(buffer, end + buffer.position());
        }
        end += length;
    }

    /// Returns when everything that was appended is on the disk.
    public void sync() throws IOException {
        if (!synced) {
            current.force(false);
            synced = true;
        }
    }

    /// Bytes of the newest segment after its summary.
    public long size() {
        return end - summaryEnd;
    }

    /// Begins a new segment with `summary`; it is there as a whole or not at all.
    public void rotate(byte[] summary) throws IOException {
        sync();
        var next = create(dir, number + 1, summary);
        current.close();
        current = next;
        number++;
        end = summary.length;
        summaryEnd = end;
    }

    /// Deletes what need not be kept.
    public void forget(Retention retention, Instant now) throws IOException {
        var segments = new ArrayList<Retention.Segment>();
        for (var path : all(dir)) {
            segments.add(
                    new Retention.Segment(
                            path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
        }
        for (var segment : retention.expired(segments, now)) {
            Files.deleteIfExists(segment.path());
            log.atInfo()
                    .addKeyValue("segment", segment.path().getFileName())
                    .addKeyValue("bytes", segment.bytes())
                    .log("deleted an old segment of the ledger; its sums are kept");
        }
    }

    private static FileChannel create(Path dir, long number, byte[] content) throws IOException {
        var path = dir.resolve("%s%08d%s".formatted(PREFIX, number, SUFFIX));
        var partial = path.resolveSibling(path.getFileName() + ".part");
        var channel = FileChannel.open(partial, CREATE, TRUNCATE_EXISTING, READ, WRITE);
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
        // the open channel follows the file to its name
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(dir);
        return channel;
    }

    /// So that a power cut does not undo the new name.
    private static void syncFolder(Path dir) throws IOException {
        try (var folder = FileChannel.open(dir, READ)) {
            folder.force(true);
        }
    }

    private static long number(Path segment) {
        var name = segment.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    @Override
    public void close() throws IOException {
        current.force(true);
        current.close();
    }
}
