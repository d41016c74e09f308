package org.deepseekplugin.cloud.spi;

/// How a machine is paid for.
public enum Market {
    ON_DEMAND,
    /// Cheaper, and the cloud may take it back at short notice.
    SPOT
}
