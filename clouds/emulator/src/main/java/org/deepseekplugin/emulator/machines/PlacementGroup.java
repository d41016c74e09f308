package org.deepseekplugin.emulator.machines;

/// A name under which machines stand close together.
///
/// @param strategy in the cloud's own words
public record PlacementGroup(
        String cloud, String region, String name, String id, String strategy) {}
