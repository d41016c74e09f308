package org.deepseekplugin.agent.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.UsageRecord;
import org.deepseekplugin.protocol.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log of records, one line each, and beside it how far it was acknowledged.
record UsageFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(UsageFile.class);

    /// Read at once; far longer than any line.
    private static final int BLOCK = 64 * 1024;

    /// The position up to which all records are durable elsewhere.
    long acknowledged() throws IOException {
        return Files.exists(mark()) ? Long.parseLong(Files.readString(mark()).strip()) : 0;
    }

    void acknowledge(long position) throws IOException {
        var fresh = mark().resolveSibling(mark().getFileName() + ".new");
        Files.writeString(fresh, Long.toString(position));
        Files.move(fresh, mark(), ATOMIC_MOVE);
    }

    boolean finished() throws IOException {
        return acknowledged() >= Files.size(path);
    }

    /// Gives the file another name, so that writers begin a new one. The mark goes first: losing
    /// the race means that records are sent again, never that they are forgotten.
    UsageFile rename(Path to) throws IOException {
        var renamed = new UsageFile(to);
        renamed.acknowledge(acknowledged());
        Files.move(path, to, ATOMIC_MOVE);
        Files.deleteIfExists(mark());
        return renamed;
    }

    void delete() throws IOException {
        Files.delete(path);
        Files.deleteIfExists(mark());
    }

    /// Adds whole lines after the acknowledged position.
    ///
    /// @param limit records that `records` may hold
    /// @return the position after what was read
    long read(List<UsageRecord> records, int limit) throws IOException {
        long position = acknowledged();
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(position);
            var block = new byte[BLOCK];
            int filled = Math.max(0, file.read(block));
            int begin = 0;
            for (int end = 0; end < filled && records.size() < limit; end++) {
                if (block[end] == '\n') {
                    parse(new String(block, begin, end - begin, UTF_8), records);
                    begin = end + 1;
                }
            }
            return position + (begin == 0 && filled == BLOCK ? skipLine(filled) : begin);
        }
    }

    private int skipLine(int length) {
        log.atError().addKeyValue("file", path).log("no line end within 64 KiB, skipped");
        return length;
    }

    private void parse(String line, List<UsageRecord> records) {
        try {
            records.add(Wire.decode(UsageRecord.class, Json.map(line.getBytes(UTF_8))));
        } catch (PlatformException | MalformedMessage e) {
            log.atError()
                    .addKeyValue("file", path)
                    .addKeyValue("line", line)
                    .setCause(e)
                    .log("unreadable usage record, skipped");
        }
    }

    private Path mark() {
        return path.resolveSibling(path.getFileName() + ".acknowledged");
    }
}
