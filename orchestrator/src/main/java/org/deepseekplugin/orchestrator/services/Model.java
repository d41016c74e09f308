package org.deepseekplugin.orchestrator.services;

import java.util.List;
import java.util.Map;
import org.deepseekplugin.orchestrator.placement.Need;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;

/// A model that can be served.
///
/// @param engine the launcher's name
/// @param memoryMib main memory of a machine that serves it
/// @param options the engine's own, such as `context-tokens` (of one slot) and `slots`
/// @param weights lock entries
public record Model(
        String name,
        String engine,
        long memoryMib,
        long acceleratorMemoryMib,
        Map<String, String> options,
        List<WeightsFile> weights) {

    public Need need() {
        return new Need(memoryMib, acceleratorMemoryMib);
    }

    EngineSpec engineFor(String replica, Map<String, String> overrides) {
        var merged = new java.util.TreeMap<>(options);
        merged.putAll(overrides);
        return new EngineSpec(replica, engine, name, weights, merged, Unknown.NONE);
    }
}
