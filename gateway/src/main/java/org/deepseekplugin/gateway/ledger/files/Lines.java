package org.deepseekplugin.gateway.ledger.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a segment back, line by line.
final class Lines {
    private static final Logger log = LoggerFactory.getLogger(Lines.class);

    /// @return the offset after the last whole line: what follows was torn by a crash
    static long replay(Path segment, LineReader reader) throws IOException {
        long offset = 0;
        long whole = 0;
        try (var in = new BufferedInputStream(Files.newInputStream(segment), 1 << 16)) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                offset++;
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                if (!reader.read(line.toByteArray())) {
                    logDamage(segment, whole);
                }
                line.reset();
                whole = offset;
            }
        }
        if (whole < offset) {
            log.atWarn()
                    .addKeyValue("segment", segment.getFileName())
                    .addKeyValue("bytes", offset - whole)
                    .log("dropping a torn line at the end of the ledger");
        }
        return whole;
    }

    private static void logDamage(Path segment, long offset) {
        log.atError()
                .addKeyValue("segment", segment.getFileName())
                .addKeyValue("offset", offset)
                .log("skipping a damaged line of the ledger");
    }

    private Lines() {}
}
