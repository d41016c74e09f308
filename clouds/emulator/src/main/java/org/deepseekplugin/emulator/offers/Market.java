package org.deepseekplugin.emulator.offers;

/// How a machine is paid for. Spot machines can be evicted.
public enum Market {
    ON_DEMAND,
    SPOT
}
