package org.deepseekplugin.agent.identity;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that nobody else may read, not even while they are being written.
final class PrivateFile {

    /// Whole or not at all, also when the machine stops in the middle.
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""), asFileAttribute(fromString("rwx------")));
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, asFileAttribute(fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, ATOMIC_MOVE);
    }

    private PrivateFile() {}
}
