package org.deepseekplugin.emulator.machines;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.deepseekplugin.emulator.offers.MachineType;

/// What runs machines. Thread-safe.
public interface MachineHost {

    /// Starts what the machine was told to run. Does not wait for it.
    ///
    /// @param type what it pretends to be
    /// @param failed called once if the machine goes down without [#halt]
    void boot(Machine machine, MachineType type, Runnable failed);

    /// Powers off, and removes what the machine left on its disk.
    ///
    /// @param grace how long its processes may take to end; zero kills at once
    /// @return done when nothing of it runs; also if nothing did
    CompletionStage<Void> halt(String id, Duration grace);

    /// Forgets the last things that are kept of a machine that is no longer listed.
    void forget(String id);
}
