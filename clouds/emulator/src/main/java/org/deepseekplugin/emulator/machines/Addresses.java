package org.deepseekplugin.emulator.machines;

import java.util.function.Predicate;

/// Where machines get their addresses from. Called under the model's lock.
@FunctionalInterface
public interface Addresses {

    /// One that no other machine has, if there is more than one.
    String fresh(Predicate<String> taken);
}
