package org.deepseekplugin.gateway.ledger;

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
import java.util.List;
import java.util.Optional;

/// The ledger's files: `ledger-<number>.log`, only ever appended to. Each begins with a summary of
/// all before it, so that the newest alone tells everything and older ones may be deleted. Not
/// thread-safe.
final class Segments implements AutoCloseable {
    private static final String PREFIX = "ledger-";
    private static final String SUFFIX = ".log";

    private final Path dir;
    private long number;
    private FileChannel current;
    private long end;

    private Segments(Path dir, long number, FileChannel current, long end) {
        this.dir = dir;
        this.number = number;
        this.current = current;
        this.end = end;
    }

    /// The newest segment, if there is one.
    static Optional<Path> newest(Path dir) throws IOException {
        return all(dir).stream().reduce((older, newer) -> newer);
    }

    /// Oldest first.
    static List<Path> all(Path dir) throws IOException {
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

    /// Goes on after `end`, cutting off what a crash left behind it.
    static Segments resume(Path dir, Path newest, long end) throws IOException {
        var channel = FileChannel.open(newest, READ, WRITE);
        channel.truncate(end);
        var name = newest.getFileName().toString();
        long number =
                Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
        return new Segments(dir, number, channel, end);
    }

    static Segments begin(Path dir) throws IOException {
        return new Segments(dir, 1, create(path(dir, 1), new byte[0]), 0);
    }

    /// Appends at the end of what was written whole: a write that failed half-way is overwritten by
    /// the next.
    void append(byte[] lines) throws IOException {
        var buffer = ByteBuffer.wrap(lines);
        while (buffer.hasRemaining()) {
            current.write(buffer, end + buffer.position());
        }
        end += lines.length;
    }

    long size() {
        return end;
    }

    /// Begins a new segment with `summary`; it is there as a whole or not at all.
    void rotate(byte[] summary) throws IOException {
        current.force(false);
        var next = create(path(dir, number + 1), summary);
        current.close();
        current = next;
        number++;
        end = summary.length;
    }

    private static FileChannel create(Path path, byte[] content) throws IOException {
        var partial = path.resolveSibling(path.getFileName() + ".part");
        var channel = FileChannel.open(partial, CREATE, TRUNCATE_EXISTING, READ, WRITE);
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
        // the open channel follows the file to its name
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
        return channel;
    }

    private static Path path(Path dir, long number) {
        return dir.resolve("%s%08d%s".formatted(PREFIX, number, SUFFIX));
    }

    @Override
    public void close() throws IOException {
        current.force(true);
        current.close();
    }
}
