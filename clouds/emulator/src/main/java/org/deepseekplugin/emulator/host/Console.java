package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps what a machine prints within bounds. Its processes append, so the file may be cut under
/// them.
final class Console {
    private static final int MOST_BYTES = 8 << 20;
    private static final int KEPT_BYTES = 1 << 20;

    /// Keeps the last MiB of a file that has grown beyond eight.
    static void trim(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) <= MOST_BYTES) {
            return;
        }
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var tail = ByteBuffer.allocate(KEPT_BYTES);
            channel.read(tail, channel.size() - KEPT_BYTES);
            channel.truncate(0);
            channel.write(tail.flip(), 0);
        }
    }

    private Console() {}
}
