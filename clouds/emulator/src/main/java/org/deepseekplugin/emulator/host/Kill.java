package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Kills whole groups, which Java cannot do by itself.
final class Kill {

    /// SIGKILL to every process of the group; nothing happens if there is none. Waits for the
    /// signal to be sent, at most 5 seconds. Safe against pids used again only while the group's
    /// leader is known to be ours or not reaped.
    static void group(long leader) {
        try {
            var builder =
                    new ProcessBuilder(
                            "/bin/sh", "-c", "kill -KILL -\"$1\"", "kill", Long.toString(leader));
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            var process = builder.start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("/bin/sh cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Kill() {}
}
