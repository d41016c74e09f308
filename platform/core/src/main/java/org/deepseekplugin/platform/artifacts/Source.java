package org.deepseekplugin.platform.artifacts;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an artifact's bytes may be found.
sealed interface Source {
    Pattern PYPI = Pattern.compile("pypi:(\\w[\\w.-]*)==(\\w[\\w.+!-]*?)!(.+)");
    Pattern NPM = Pattern.compile("npm:((?:@\\w[\\w.-]*/)?\\w[\\w.-]*)@(\\w[\\w.+-]*)!(.+)");

    record Https(URI uri) implements Source {}

    /// A file inside a wheel.
    record PyPi(String distribution, String version, String member) implements Source {}

    /// A file inside a package, named from the package's own root.
    record Npm(String name, String version, String member) implements Source {}

    record LocalFile(Path path) implements Source {}

    /// The control plane's copy, found by checksum.
    record FromMirror() implements Source {}

    /// @throws IllegalArgumentException naming the text and the forms there are
    static Source parse(String text) {
        if (text.equals("mirror")) {
            return new FromMirror();
        }
        if (text.startsWith("https://")) {
            return new Https(URI.create(text));
        }
        if (text.startsWith("file:/")) {
            return new LocalFile(Path.of(text.substring("file:".length())));
        }
        Matcher pypi = PYPI.matcher(text);
        if (pypi.matches()) {
            return new PyPi(pypi.group(1), pypi.group(2), pypi.group(3));
        }
        Matcher npm = NPM.matcher(text);
        if (npm.matches()) {
            return new Npm(npm.group(1), npm.group(2), npm.group(3));
        }
        throw new IllegalArgumentException(
                "not a source; known are mirror, https://…, file:/…,"
                        + " pypi:<dist>==<version>!<member>, npm:<package>@<version>!<member>");
    }
}
