package org.deepseekplugin.orchestrator.fleet;

/// Told after something about a replica's machines has changed. May be told too often.
@FunctionalInterface
public interface FleetListener {
    void changed(String replica);
}
