package org.deepseekplugin.engine.usage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
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

    /// @throws PlatformException `invalid_config` where no file can be: it is better to hear of it
    ///   now than to lose records
    public UsageLog(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "--usage-log %s cannot be written; it must be a file in a folder that exists and is ours."
                            .formatted(file));
        }
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
