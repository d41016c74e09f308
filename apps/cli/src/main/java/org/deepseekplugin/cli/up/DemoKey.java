package org.deepseekplugin.cli.up;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// A key for inference only, made once and kept beside the server's own files, so that the curl
/// line stays the same.
final class DemoKey {
    private final Path file;
    private final ControlClient control;

    DemoKey(DataDir dataDir, ControlClient control) {
        this.file = dataDir.root().resolve("demo-key");
        this.control = control;
    }

    String value() {
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            var key =
                    control.post("/keys", Map.of("name", "demo", "role", "inference"))
                            .path("key")
                            .asString();
            Files.createFile(file, asFileAttribute(fromString("rw-------")));
            Files.writeString(file, key + "\n");
            return key;
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot keep the demo key in " + file + ": " + e.getMessage(),
                    e);
        }
    }
}
