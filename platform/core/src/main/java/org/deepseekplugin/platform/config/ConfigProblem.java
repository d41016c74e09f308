package org.deepseekplugin.platform.config;

/// One thing wrong in the configuration.
///
/// @param path the key, with dots; empty for the file as a whole
/// @param message the value, the reason, the remedy
public record ConfigProblem(Position at, String path, String message) {
    @Override
    public String toString() {
        return at + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
