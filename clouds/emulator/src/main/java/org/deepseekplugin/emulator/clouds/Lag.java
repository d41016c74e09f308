package org.deepseekplugin.emulator.clouds;

import java.time.Duration;

/// How far lists are behind the truth at this moment.
@FunctionalInterface
public interface Lag {
    Duration now();
}
