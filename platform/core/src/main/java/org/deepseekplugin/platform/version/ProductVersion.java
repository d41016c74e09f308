package org.deepseekplugin.platform.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The version of this build, as its POM says. Server, command line and agents of one build have
/// the same one.
public final class ProductVersion {

    /// Such as `0.1.0-SNAPSHOT`.
    public static String current() {
        try (var resource =
                Objects.requireNonNull(
                        ProductVersion.class.getResourceAsStream("version.txt"), "version.txt")) {
            return new String(resource.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProductVersion() {}
}
