package org.deepseekplugin.platform.config;

/// Where something stands.
///
/// @param file the file's name as it was given
/// @param line from 1
public record Position(String file, int line) {
    @Override
    public String toString() {
        return file + " line " + line;
    }
}
