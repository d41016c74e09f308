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

    static void write(Path file, String text) {
        try {
            var fresh =
                    Files.createTempFile(
                            file.toAbsolutePath().getParent(),
                            file.getFileName().toString(),
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot write "
                            + file
                            + " ("
                            + e
                            + "). Check that the folder is writable and the disk has space.",
                    e);
        }
    }

    private PrivateFile() {}
}
