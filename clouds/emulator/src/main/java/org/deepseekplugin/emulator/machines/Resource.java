package org.deepseekplugin.emulator.machines;

import java.util.Map;

/// Something besides machines that an account has: a placement group, a network interface, a disk.
///
/// @param region where its name counts; empty where it counts everywhere
/// @param kind in the cloud's own words, as are the properties
public record Resource(
        String cloud, String region, String kind, String name, Map<String, String> properties) {
    public Resource {
        properties = Map.copyOf(properties);
    }

    String key() {
        return String.join("/", cloud, region, kind, name);
    }

    public String property(String property) {
        return properties.getOrDefault(property, "");
    }
}
