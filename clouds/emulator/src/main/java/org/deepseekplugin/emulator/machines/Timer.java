package org.deepseekplugin.emulator.machines;

import java.time.Duration;

/// Runs work later, on a thread that may block. After its owner closed, it runs nothing.
public interface Timer {
    void after(Duration delay, Runnable work);
}
