package org.deepseekplugin.emulator.offers;

import java.util.Set;

/// A place with machines of its own.
///
/// @param types the names of the machine types that are offered here
public record Zone(String name, String region, Set<String> types) {
    public Zone {
        types = Set.copyOf(types);
    }
}
