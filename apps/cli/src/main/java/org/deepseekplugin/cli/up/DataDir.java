package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Where `up` keeps what it needs. The server and the emulator keep their own state in the same
/// folder.
record DataDir(Path root) {

    static DataDir open(Path root) {
        var absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    absolute,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            for (String folder : new String[] {"logs", "run", "weights", "agent", "tmp"}) {
                Files.createDirectories(absolute.resolve(folder));
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot write to the data directory %s (%s). Make it writable, free some space, or choose another with --data-dir."
                            .formatted(absolute, e.getMessage()),
                    e);
        }
        return new DataDir(absolute);
    }

    Path log(String child) {
        return root.resolve("logs").resolve(child + ".log");
    }

    Path lock() {
        return root.resolve("run/up.lock");
    }

    Path demoConfig() {
        return root.resolve("run/demo.yaml");
    }

    /// Written by the server when it is ready: ports and pid.
    Path serverFile() {
        return root.resolve("run/server.json");
    }

    Path clientFile() {
        return root.resolve("client.json");
    }

    /// Whom to trust on the TLS port; made by the server.
    Path authority() {
        return root.resolve("ca.pem");
    }

    Path emulator() {
        return root.resolve("emulator");
    }

    /// Written by the emulator when it is ready.
    Path emulatorEndpoints() {
        return emulator().resolve("endpoints.json");
    }

    Path weights() {
        return root.resolve("weights");
    }

    Path natives() {
        return root.resolve("natives");
    }

    Path bundles() {
        return root.resolve("agent");
    }

    Path temporary() {
        return root.resolve("tmp");
    }
}
