package org.deepseekplugin.emulator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// The emulator's folder, held by one emulator at a time.
///
/// ```
/// endpoints.json   what clients need, secrets included
/// identity.json    the same credentials and ports at every start
/// machines.journal the machines, and the book of launches
/// calls.jsonl      the book of calls
/// machines/<id>/   a machine's disk
/// consoles/        what ended machines printed
/// ```
final class DataDir implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final FileChannel lock;

    static DataDir open(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        var lock =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isFree(lock)) {
            lock.close();
            throw new PlatformException(
                    ErrorCode.CONFLICT,
                    "Another emulator is running in " + path + "; stop it or use another folder.");
        }
        return new DataDir(path.toRealPath(), lock);
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (java.nio.channels.OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private DataDir(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    Path path() {
        return path;
    }

    Path journal() {
        return path.resolve("machines.journal");
    }

    Path calls() {
        return path.resolve("calls.jsonl");
    }

    Path identity() {
        return path.resolve("identity.json");
    }

    Path endpoints() {
        return path.resolve("endpoints.json");
    }

    /// Readable by the owner only, from its first byte; replaced in one step.
    static void writePrivate(Path file, Object value) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(fresh, Json.bytes(value));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
