package org.deepseekplugin.platform.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// The bytes fetched so far, in a file that outlives the process, with their running checksum.
final class PartFile implements Closeable {
    private final Path path;
    private final RandomAccessFile file; // no channel: an interrupt would close it
    private final MessageDigest digest = Sha256.create();

    PartFile(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        var block = new byte[Sha256.BLOCK];
        for (int n = file.read(block); n > 0; n = file.read(block)) {
            digest.update(block, 0, n);
        }
    }

    long length() throws IOException {
        return file.getFilePointer();
    }

    /// Forgets all bytes.
    void restart() throws IOException {
        file.setLength(0);
        file.seek(0);
        digest.reset();
    }

    /// @throws PlatformException `disk_full`, or why else the file cannot be written
    void append(byte[] bytes, int length) {
        try {
            file.write(bytes, 0, length);
            digest.update(bytes, 0, length);
        } catch (IOException e) {
            throw new PlatformException(
                    isFull(e) ? ErrorCode.DISK_FULL : ErrorCode.INTERNAL,
                    "Cannot write "
                            + path
                            + " ("
                            + e.getMessage()
                            + "). Make room there and try again: what was fetched is kept.",
                    e);
        }
    }

    /// `ENOSPC`, `EDQUOT`, and `EFBIG`, which a limit on the size of files gives.
    private static boolean isFull(IOException e) {
        var reason = String.valueOf(e.getMessage());
        return reason.contains("No space left")
                || reason.contains("quota")
                || reason.contains("File too large");
    }

    /// Of all bytes; reading it ends this file's checksum.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    void moveTo(Path target) throws IOException {
        file.getFD().sync();
        file.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
