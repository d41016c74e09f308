package org.deepseekplugin.platform.artifacts;

import java.util.List;
import java.util.regex.Pattern;

/// A lock entry: one file, byte for byte.
///
/// @param name file name, without folders
/// @param size in bytes
/// @param sha256 64 digits, lower-case hex
/// @param licence SPDX id
/// @param sources tried in order; see [Source]. Read late, so that an entry with a source of a
///   newer version still works through the others
public record Artifact(
        String name, long size, String sha256, String licence, List<String> sources) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Artifact {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a file name of letters, digits and . _ + -");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size of " + name + " is " + size + " bytes");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "sha256 of " + name + " is \"" + sha256 + "\", not 64 lower-case hex digits");
        }
        sources = List.copyOf(sources);
    }
}
