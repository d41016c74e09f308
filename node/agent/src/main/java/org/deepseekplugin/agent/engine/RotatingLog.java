package org.deepseekplugin.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process's output in a file, and the one before it when it grew too large: never more than
/// twice the limit on the disk.
final class RotatingLog {
    private static final Logger log = LoggerFactory.getLogger(RotatingLog.class);

    private final Path file;
    private final long limit;

    /// @param limit in bytes, for each of the two files
    RotatingLog(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /// Copies until the stream ends. The stream is read to its end even where the disk is full, for
    /// a process whose output nobody reads would stand still.
    void copy(InputStream output) {
        try (output) {
            var block = new byte[8192];
            for (int n = output.read(block); n > 0; n = output.read(block)) {
                append(block, n);
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("file", file).setCause(e).log("output ended");
        }
    }

    private void append(byte[] block, int n) {
        try {
            if (Files.exists(file) && Files.size(file) + n > limit) {
                Files.move(file, previous(), REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(file, CREATE, APPEND)) {
                out.write(block, 0, n);
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("file", file).setCause(e).log("cannot write an engine's log");
        }
    }

    /// The last lines, oldest first.
    List<String> tail(int lines) {
        var last = new ArrayDeque<String>();
        readInto(last, previous(), lines);
        readInto(last, file, lines);
        return List.copyOf(last);
    }

    private static void readInto(ArrayDeque<String> last, Path file, int lines) {
        if (!Files.exists(file)) {
            return;
        }
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                last.addLast(line);
                if (last.size() > lines) {
                    last.removeFirst();
                }
            }
        } catch (IOException e) {
            last.addLast("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
    }

    private Path previous() {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
