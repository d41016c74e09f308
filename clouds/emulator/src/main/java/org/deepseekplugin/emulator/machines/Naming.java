package org.deepseekplugin.emulator.machines;

/// How a cloud names what it makes. Called under the model's lock.
public interface Naming {
    String launchId();

    String machineId();
}
