package org.deepseekplugin.engine.usage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.UsageRecord;
import org.deepseekplugin.protocol.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Terminal records of requests, one line of JSON each, as [Wire] encodes them.
///
/// Each record is with the operating system when [#append] returns. The file is opened anew for
/// each, so its reader may rename it away at any time. Thread-safe.
public final class UsageLog {
    private static final Logger log = LoggerFactory.getLogger(UsageLog.class);

    private final Path file;

    public UsageLog(Path file) {
        this.file = file;
    }

    /// A record that cannot be written goes to the log, so that it is not lost to people at least;
    /// the request is answered all the same.
    public synchronized void append(UsageRecord usage) {
        var line = Json.write(Wire.encode(usage));
        try {
            Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), CREATE, APPEND);
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("usage", line)
                    .setCause(e)
                    .log("cannot write a usage record");
        }
    }
}
