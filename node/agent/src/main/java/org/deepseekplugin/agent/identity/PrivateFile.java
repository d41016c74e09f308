package org.deepseekplugin.agent.identity;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Files that nobody else may read, not even while they are being written.
final class PrivateFile {

    /// Whole or not at all, also when the machine loses its power in the middle.
    static void write(Path file, byte[] content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder, asFileAttribute(fromString("rwx------")));
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        var ownerOnly = asFileAttribute(fromString("rw-------"));
        try (var channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, ATOMIC_MOVE);
        try (var names = FileChannel.open(folder)) {
            names.force(true);
        }
    }

    private PrivateFile() {}
}
