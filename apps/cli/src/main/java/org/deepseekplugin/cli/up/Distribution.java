package org.deepseekplugin.cli.up;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.version.ProductVersion;

/// What the launcher built, next to what this program runs from.
///
/// @param nodeJars the jars of agent and engines
/// @param version of this program
record Distribution(Path nodeJars, String version) {

    static Distribution current() {
        var jars = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
        var lib = Path.of(jars.nextToken()).toAbsolutePath().getParent();
        var nodeJars = Path.of(lib + "/../node").normalize();
        if (!Files.isDirectory(nodeJars)) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "There is no folder %s. Start this program with ./deepseek, which builds it."
                            .formatted(nodeJars));
        }
        return new Distribution(nodeJars, ProductVersion.current());
    }
}
