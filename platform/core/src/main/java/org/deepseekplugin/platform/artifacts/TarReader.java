package org.deepseekplugin.platform.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Finds one file in a tar stream (ustar with the `prefix` field, POSIX.1-1988; long-name
/// extensions are not needed for what npm packs).
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    private final InputStream tar;

    TarReader(InputStream tar) {
        this.tar = tar;
    }

    /// The file's bytes, to be read before anything else of the stream.
    ///
    /// @param name without the archive's top folder
    Optional<InputStream> find(String name) throws IOException {
        var header = new byte[BLOCK];
        while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = Long.parseLong(text(header, SIZE_AT, SIZE).strip(), 8);
            if (withoutTop(path(header)).equals(name)) {
                return Optional.of(new Slice(tar, size));
            }
            tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        }
        return Optional.empty();
    }

    private static String path(byte[] header) {
        var prefix = text(header, PREFIX_AT, PREFIX);
        var name = text(header, 0, NAME);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String withoutTop(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, UTF_8);
    }
}
