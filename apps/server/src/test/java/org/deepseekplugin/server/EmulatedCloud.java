package org.deepseekplugin.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.deepseekplugin.emulator.Emulator;
import org.deepseekplugin.emulator.EmulatorOptions;

/// An emulated AWS whose machines are rented, but never get so far as to boot.
public final class EmulatedCloud implements AutoCloseable {
    private final Emulator emulator;
    private final Path config;

    private EmulatedCloud(Emulator emulator, Path config) {
        this.emulator = emulator;
        this.config = config;
    }

    public static EmulatedCloud start(Path folder) throws IOException {
        var options =
                EmulatorOptions.in(folder.resolve("emulator")).withBootDelay(Duration.ofHours(1));
        var emulator = Emulator.start(options);
        return new EmulatedCloud(
                emulator, Files.writeString(folder.resolve("cloud.yaml"), yaml(emulator)));
    }

    /// A server's configuration that uses it.
    public Path config() {
        return config;
    }

    private static String yaml(Emulator emulator) {
        var aws = emulator.endpoints().aws();
        return """
        clouds:
          aws:
            enabled: true
            endpoint: "%s"
            regions: "%s"
            image-id: "%s"
            credentials: {access-key-id: "%s", secret-access-key: "%s"}
        """
                .formatted(
                        aws.endpoint(),
                        aws.region(),
                        aws.imageId(),
                        aws.accessKeyId(),
                        aws.secretAccessKey());
    }

    @Override
    public void close() {
        emulator.close();
    }
}
