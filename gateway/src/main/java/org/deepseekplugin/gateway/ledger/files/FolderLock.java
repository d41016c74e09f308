package org.deepseekplugin.gateway.ledger.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Keeps every other process out of a folder. The operating system lets go of it when this process
/// ends, however it ends.
public final class FolderLock implements AutoCloseable {
    private static final String NAME = "ledger.lock";

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /// @throws PlatformException `conflict` when somebody else holds it, naming their process
    public static FolderLock take(Path dir) throws IOException {
        var path = dir.resolve(NAME);
        var file = FileChannel.open(path, CREATE, READ, WRITE);
        if (!locked(file)) {
            file.close();
            throw new PlatformException(
                    ErrorCode.CONFLICT,
                    "The ledger in %s is in use by process %s, and two would count twice; stop that one first, or choose another --data-dir."
                            .formatted(dir, Files.readString(path, US_ASCII).strip()));
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)));
        return new FolderLock(file);
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /// The file stays: deleting it would let two in, one by each of two files of that name.
    @Override
    public void close() throws IOException {
        file.close();
    }
}
