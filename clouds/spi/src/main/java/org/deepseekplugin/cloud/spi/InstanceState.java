package org.deepseekplugin.cloud.spi;

/// Where a machine is in its life, in words common to all clouds.
public enum InstanceState {
    PENDING,
    RUNNING,
    /// Stopped or deallocated: it computes nothing and may still cost its disk.
    STOPPED,
    TERMINATING,
    TERMINATED;

    /// Still costs money or soon will.
    public boolean isLive() {
        return this == PENDING || this == RUNNING || this == STOPPED;
    }
}
