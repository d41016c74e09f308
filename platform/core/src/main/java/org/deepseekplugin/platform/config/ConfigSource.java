package org.deepseekplugin.platform.config;

/// One configuration text.
///
/// @param name what problems call it: the file as the person named it
public record ConfigSource(String name, String yaml) {}
