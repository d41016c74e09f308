package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;

/// The server's folder, held by one server at a time.
public final class DataDir implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataDir(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Makes the folder if it is missing.
    ///
    /// @throws PlatformException when it cannot be written or another server holds it
    public static DataDir open(Path root) {
        var absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    absolute.resolve("run"),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var file =
                    FileChannel.open(
                            absolute.resolve("run/server.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            var lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw new PlatformException(
                        ErrorCode.CONFLICT,
                        "Another server is running on %s; stop it first (`deepseek down`) or choose another --data-dir."
                                .formatted(absolute));
            }
            var opened = new DataDir(absolute, file, lock);
            // SQLite gives its journal the mode of the store
            PrivateFile.keep(opened.store());
            return opened;
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot write to the data directory %s (%s); check its owner and free space, or choose another --data-dir."
                            .formatted(absolute, e),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    /// Holds what tokens are made from, so only its owner may read it, whoever may look into the
    /// folder.
    public Path store() {
        return root.resolve("store.db");
    }

    public Path clientFile() {
        return root.resolve("client.json");
    }

    public Path runFile() {
        return root.resolve("run/server.json");
    }

    /// Lets the next server in.
    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot release the lock of " + root + ": " + e, e);
        }
    }
}
