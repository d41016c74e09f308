package org.deepseekplugin.cli.up;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// One supervisor a data directory. The lock ends with the process, however it ends; the file names
/// its pid.
final class UpLock implements AutoCloseable {
    private final FileChannel channel;

    private UpLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws PlatformException `conflict` when another supervisor holds the directory
    static UpLock acquire(DataDir dataDir) {
        try {
            var channel = open(dataDir);
            if (channel.tryLock() == null) {
                channel.close();
                throw new PlatformException(
                        ErrorCode.CONFLICT,
                        "deepseek is already up on %s%s. Stop it with `deepseek down`, or use another --data-dir."
                                .formatted(
                                        dataDir.root(),
                                        holder(dataDir)
                                                .map(h -> " (pid " + h.pid() + ")")
                                                .orElse("")));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
            return new UpLock(channel);
        } catch (IOException e) {
            throw failed(dataDir, e);
        }
    }

    /// The supervisor that holds the directory now, if there is one.
    static Optional<ProcessHandle> holder(DataDir dataDir) {
        if (isFree(dataDir)) {
            return Optional.empty();
        }
        try {
            var pid = Files.readString(dataDir.lock()).strip();
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException e) {
            throw failed(dataDir, e);
        }
    }

    static boolean isFree(DataDir dataDir) {
        if (!Files.exists(dataDir.lock())) {
            return true;
        }
        try (var channel = open(dataDir);
                var lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            throw failed(dataDir, e);
        }
    }

    private static FileChannel open(DataDir dataDir) throws IOException {
        return FileChannel.open(
                dataDir.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static PlatformException failed(DataDir dataDir, IOException e) {
        return new PlatformException(
                ErrorCode.INTERNAL, "Cannot use " + dataDir.lock() + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot release the data directory: " + e.getMessage(), e);
        }
    }
}
