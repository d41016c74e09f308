package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of files, in constant memory.
final class Sha256 {
    /// Large enough that a system call costs nothing beside the hashing.
    static final int BLOCK = 256 * 1024;

    static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(Path file, Progress progress) throws IOException {
        var digest = create();
        var block = new byte[BLOCK];
        long total = Files.size(file);
        long done = 0;
        try (var bytes = Files.newInputStream(file)) {
            for (int n = bytes.read(block); n > 0; n = bytes.read(block)) {
                digest.update(block, 0, n);
                done += n;
                progress.report("checking " + file.getFileName(), done, total);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Sha256() {}
}
