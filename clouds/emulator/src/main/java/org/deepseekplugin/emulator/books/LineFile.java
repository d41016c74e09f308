package org.deepseekplugin.emulator.books;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A file that grows by lines. A line is whole or it never happened: what a killed process left
/// unfinished is cut when the file opens, what a full disk left unfinished is cut before the next
/// line, so writing goes on where it was as soon as there is room.
///
/// Not thread-safe; its owner holds a lock.
public final class LineFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    /// Where the last whole line ends.
    private long end;

    private LineFile(Path path, FileChannel channel, long end) {
        this.path = path;
        this.channel = channel;
        this.end = end;
    }

    /// Hands every line of the file to `replay`, then opens the file for more.
    public static LineFile open(Path path, Consumer<String> replay) throws IOException {
        var channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        long end = endOfLastLine(channel);
        channel.truncate(end);
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(path), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                replay.accept(line);
            }
        }
        return new LineFile(path, channel, end);
    }

    /// @param durable true: on the disk when this returns; false: only safe from our own death
    /// @throws UncheckedIOException if the line could not be written, and so never happened
    public void append(String line, boolean durable) {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            channel.truncate(end).position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(false);
            }
            end = channel.position();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s cannot be written (%s); free space on the disk"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(end);
        channel.close();
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        var one = ByteBuffer.allocate(1);
        long end = channel.size();
        while (end > 0) {
            channel.read(one.clear(), end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }
}
