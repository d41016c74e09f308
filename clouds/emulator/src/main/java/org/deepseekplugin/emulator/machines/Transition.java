package org.deepseekplugin.emulator.machines;

import java.time.Instant;

/// A machine entered a state.
public record Transition(Instant at, MachineState state, Reason reason) {}
