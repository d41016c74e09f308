package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `client.json`: how the command line and the SDKs find the server and get in. Only its owner may
/// read it.
public final class ClientFile {
    private static final Logger log = LoggerFactory.getLogger(ClientFile.class);

    private final Path file;

    public ClientFile(Path file) {
        this.file = file;
    }

    /// The key that an earlier start wrote, if it can still be read.
    public Optional<Secret> apiKey() {
        try {
            var key = Json.map(Files.readAllBytes(file)).get("api_key");
            return key instanceof String text ? Optional.of(new Secret(text)) : Optional.empty();
        } catch (IOException | PlatformException e) {
            if (Files.exists(file)) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", e.toString())
                        .log("cannot read the client file, writing a new one with a new key");
            }
            return Optional.empty();
        }
    }

    /// @param url of the plaintext port on loopback
    /// @param caPem whom to trust on the TLS port
    public void write(String url, Secret apiKey, String caPem) {
        var content = new LinkedHashMap<String, Object>();
        content.put("url", url);
        content.put("api_key", apiKey.reveal());
        content.put("ca", caPem);
        PrivateFile.write(file, Json.write(content) + "\n");
    }
}
