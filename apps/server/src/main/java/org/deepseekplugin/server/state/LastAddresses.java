package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// Where the server listened last, in `ports.json`. A port that was picked for 0 is taken again at
/// the next start: machines that live on know the agents' address and no other.
///
/// @param port 0 where nothing is known, as of the other two
/// @param agentAddress what machines were told to call; empty where nothing is known
public record LastAddresses(int port, int tlsPort, int agentPort, String agentAddress) {
    private static final LastAddresses NONE = new LastAddresses(0, 0, 0, "");

    /// @param folder the data directory
    public static LastAddresses read(Path folder) {
        var file = file(folder);
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            return Json.read(Files.readAllBytes(file), LastAddresses.class);
        } catch (IOException | PlatformException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot read %s (%s). Delete it; free ports are picked anew then."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    public void write(Path folder) {
        PrivateFile.write(file(folder), Json.write(this) + "\n");
    }

    private static Path file(Path folder) {
        return folder.resolve("ports.json");
    }
}
