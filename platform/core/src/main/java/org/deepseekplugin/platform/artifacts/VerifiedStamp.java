package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// `<file>.verified` beside a file says which checksum its bytes had, at which size and
/// modification time; while these still hold, the file is not hashed again.
///
/// This finds accidents (a truncated or replaced file), not an attacker who can write to the
/// folder: who can do that can replace the program, too.
final class VerifiedStamp {
    private final Path file;
    private final Path stamp;

    VerifiedStamp(Path file) {
        this.file = file;
        this.stamp = file.resolveSibling(file.getFileName() + ".verified");
    }

    boolean says(String sha256) throws IOException {
        return Files.exists(file)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(line(sha256));
    }

    void write(String sha256) throws IOException {
        Files.writeString(stamp, line(sha256));
    }

    private String line(String sha256) throws IOException {
        return "%s %d %d%n"
                .formatted(
                        sha256,
                        Files.size(file),
                        Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS));
    }
}
