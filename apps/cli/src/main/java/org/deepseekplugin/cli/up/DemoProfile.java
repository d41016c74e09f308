package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// The demo: emulated clouds with their own credentials, and a small real model under a famous
/// name.
final class DemoProfile {
    static final String SERVICE = "chat";
    static final String ALIAS = "gpt-4-turbo";
    static final String MODEL = "SmolLM2-135M-Instruct";

    /// The part of the configuration that differs from a real installation. It lies under the
    /// user's own file.
    static void write(Path file, Endpoints endpoints) {
        var yaml =
                """
                # Written by `deepseek up` at each start; change deepseek.yaml instead.
                aliases:
                  %s: %s
                clouds:
                  aws:
                    enabled: true
                    endpoint: "%s"
                    regions: "%s"
                    image-id: "%s"
                    credentials:
                      access-key-id: "%s"
                      secret-access-key: "%s"
                """
                        .formatted(
                                ALIAS,
                                MODEL,
                                endpoints.aws("endpoint"),
                                endpoints.aws("region"),
                                endpoints.aws("image_id"),
                                endpoints.aws("access_key_id"),
                                endpoints.aws("secret_access_key"));
        try {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /// `service.yaml` of the demo, as JSON.
    static Map<String, Object> service(Endpoints endpoints) {
        return Map.of(
                "name",
                SERVICE,
                "model",
                ALIAS,
                "replicas",
                Map.of("min", 1, "max", 1),
                "where",
                List.of(
                        Map.of(
                                "cloud",
                                "aws",
                                "region",
                                endpoints.aws("region"),
                                "instance-type",
                                endpoints.aws("instance_type"),
                                "market",
                                "on-demand")));
    }

    private DemoProfile() {}
}
