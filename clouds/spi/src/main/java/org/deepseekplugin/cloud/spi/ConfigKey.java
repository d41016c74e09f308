package org.deepseekplugin.cloud.spi;

import java.util.Optional;

/// One key of a driver's configuration.
///
/// @param name kebab-case; a dot separates levels (`credentials.access-key-id`)
/// @param secret never shown or logged
/// @param defaultValue what holds when the key is absent; empty if there is none
/// @param doc one sentence
public record ConfigKey(
        String name, boolean required, boolean secret, Optional<String> defaultValue, String doc) {

    public static ConfigKey required(String name, String doc) {
        return new ConfigKey(name, true, false, Optional.empty(), doc);
    }

    public static ConfigKey optional(String name, String doc) {
        return new ConfigKey(name, false, false, Optional.empty(), doc);
    }

    public static ConfigKey defaulting(String name, String value, String doc) {
        return new ConfigKey(name, false, false, Optional.of(value), doc);
    }

    public static ConfigKey secret(String name, String doc) {
        return new ConfigKey(name, false, true, Optional.empty(), doc);
    }
}
