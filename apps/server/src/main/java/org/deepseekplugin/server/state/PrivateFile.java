package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Files that only their owner may read (mode 0600), replaced whole: a reader sees the old one or
/// the new one.
final class PrivateFile {
    private static final String OWNER_ONLY = "rw-------";

    static void write(Path file, String text) {
        try {
            var fresh =
                    Files.createTempFile(
                            file.toAbsolutePath().getParent(),
                            file.getFileName().toString(),
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString(OWNER_ONLY)));
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /// Makes the file if it is missing, empty; takes it from everybody but its owner if it is not.
    static void keep(Path file) {
        var mode = PosixFilePermissions.fromString(OWNER_ONLY);
        try {
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, mode);
            } else {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /// Lets everybody read a file that holds no secret.
    static void show(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static PlatformException failure(Path file, IOException e) {
        return new PlatformException(
                ErrorCode.INTERNAL,
                "Cannot write %s (%s). Check that the folder is writable and the disk has space."
                        .formatted(file, e),
                e);
    }

    private PrivateFile() {}
}
