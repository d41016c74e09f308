package org.deepseekplugin.agent.machine;

import java.util.List;

/// Reads the accelerators of this machine. Called every few seconds from one thread; answers at
/// once.
public interface AcceleratorProbe extends AutoCloseable {
    /// For machines without any.
    AcceleratorProbe NONE = List::of;

    List<AcceleratorState> read();

    @Override
    default void close() {}
}
