package org.deepseekplugin.bundle;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// A Java runtime with just the modules that agent and engines need, linked from the one that runs
/// this.
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
                    "jdk.crypto.cryptoki",
                    "jdk.unsupported"); // Netty's buffers

    static void link(Path target) {
        var jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                new PlatformException(
                                        ErrorCode.INTERNAL,
                                        "This Java has no jlink, so no runtime for agents can be made. Use a full JDK 25 (JAVA_HOME)."));
        var words = new StringWriter();
        int code =
                jlink.run(
                        new PrintWriter(words),
                        new PrintWriter(words),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        target.toString());
        if (code != 0) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "jlink could not make the agents' runtime: " + words);
        }
    }

    private JavaRuntime() {}
}
