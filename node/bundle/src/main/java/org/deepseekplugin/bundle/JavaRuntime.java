package org.deepseekplugin.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// A Java runtime with just the modules that agent and engines need, linked from the one that runs
/// this. A process of its own does it: jlink wants more memory than we otherwise need.
final class JavaRuntime {
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.logging", // Netty's fallback logger
                    "java.management", // readings of the process
                    "java.naming", // logback
                    "java.net.http",
                    "java.sql", // java.sql.Date, named by Jackson
                    "java.xml", // logback's configuration
                    "jdk.unsupported"); // Netty's buffers

    static void link(Path target) throws IOException {
        var jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "There is no %s, so no runtime for agents can be made. Use a full JDK 25 (JAVA_HOME)."
                            .formatted(jlink));
        }
        var process =
                new ProcessBuilder(
                                jlink.toString(),
                                "--add-modules",
                                String.join(",", MODULES),
                                "--strip-debug",
                                "--no-header-files",
                                "--no-man-pages",
                                "--output",
                                target.toString())
                        .redirectErrorStream(true)
                        .start();
        var words = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("jlink failed: " + words.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JavaRuntime() {}
}
