package org.deepseekplugin.orchestrator.fleet;

/// Told after something about an intent or its machines has changed. May be told too often.
@FunctionalInterface
public interface FleetListener {
    /// @param intent as it was before
    void changed(Intent intent);
}
