package org.deepseekplugin.emulator.machines;

/// Why a machine left the running state. Each cloud words it in its own way.
public enum Reason {
    NONE,
    /// Its owner asked for it.
    REQUESTED,
    /// The host under it failed.
    HOST_FAILED,
    /// The spot market took it back.
    EVICTED
}
