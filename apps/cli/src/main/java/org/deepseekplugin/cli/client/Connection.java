package org.deepseekplugin.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;

/// Where the server is, and the key that it knows us by.
public record Connection(URI url, Secret apiKey) {

    /// From `DEEPSEEK_URL` and `DEEPSEEK_API_KEY`, else from `client.json` in the data directory.
    ///
    /// @throws PlatformException naming the file and the remedy when there is neither
    public static Connection find(Path dataDir, Map<String, String> environment) {
        var url = environment.get("DEEPSEEK_URL");
        var key = environment.get("DEEPSEEK_API_KEY");
        if (url != null && key != null) {
            return new Connection(URI.create(url), new Secret(key));
        }
        var file = read(dataDir.resolve("client.json"));
        return new Connection(
                URI.create(url != null ? url : String.valueOf(file.get("url"))),
                new Secret(key != null ? key : String.valueOf(file.get("api_key"))));
    }

    private static Map<String, Object> read(Path file) {
        try {
            return Json.map(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND,
                    "There is no server here: %s cannot be read. Start one with `deepseek up`, or set DEEPSEEK_URL and DEEPSEEK_API_KEY."
                            .formatted(file),
                    e);
        }
    }
}
