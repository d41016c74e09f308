package org.deepseekplugin.emulator.machines;

/// How a machine is paid for. Spot machines can be evicted.
public enum Market {
    ON_DEMAND,
    SPOT
}
