package org.deepseekplugin.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The scripts in a bundle's `bin`. Heaps are small: an agent only passes things on, and an
/// engine's memory is native.
final class Launchers {
    private static final String SCRIPT =
            """
            #!/bin/sh
            bundle=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
            export DEEPSEEK_BUNDLE="$bundle"
            exec "$bundle/runtime/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
                -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 %s -cp "$bundle/lib/*" %s "$@"
            """;

    static void write(Path bin) throws IOException {
        Files.createDirectories(bin);
        write(bin.resolve("agent"), agent());
        write(bin.resolve("engine"), engine());
    }

    /// All of them, to tell whether they changed.
    static String text() {
        return agent() + engine();
    }

    private static String agent() {
        return SCRIPT.formatted("-Xmx64m -Xss512k", "org.deepseekplugin.agent.AgentMain");
    }

    private static String engine() {
        return SCRIPT.formatted("-Xms16m -Xmx128m", "org.deepseekplugin.engine.EngineMain");
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Launchers() {}
}
