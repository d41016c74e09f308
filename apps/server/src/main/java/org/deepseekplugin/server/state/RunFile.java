package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// `run/server.json`: there while a server is ready, and says how to reach it.
public final class RunFile implements AutoCloseable {
    private final Path file;

    /// @param url plaintext, on loopback
    /// @param drainSeconds how long a stop waits for requests, at most
    public record Content(
            long pid,
            String version,
            int port,
            int tlsPort,
            int agentPort,
            String url,
            String tlsUrl,
            String agentUrl,
            Instant readyAt,
            long drainSeconds) {}

    public RunFile(Path file) {
        this.file = file;
    }

    public void write(Content content) {
        PrivateFile.write(file, Json.write(content) + "\n");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "Cannot remove " + file + ": " + e, e);
        }
    }
}
