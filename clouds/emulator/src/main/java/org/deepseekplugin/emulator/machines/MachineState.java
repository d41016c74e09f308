package org.deepseekplugin.emulator.machines;

/// Where a machine is in its life; it only ever moves forward.
public enum MachineState {
    PENDING,
    RUNNING,
    SHUTTING_DOWN,
    TERMINATED;

    /// Holds capacity and quota.
    public boolean holdsCapacity() {
        return this != TERMINATED;
    }

    /// Wanted: boots again when the emulator restarts.
    public boolean isWanted() {
        return this == PENDING || this == RUNNING;
    }
}
