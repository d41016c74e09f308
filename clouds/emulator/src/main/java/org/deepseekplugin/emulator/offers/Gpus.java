package org.deepseekplugin.emulator.offers;

/// The accelerators of a machine type.
///
/// @param count 0 where the type has a slice of one device
public record Gpus(String manufacturer, String name, int count, int memoryMibEach) {

    /// How many devices the machine sees; a slice looks like one.
    public int devices() {
        return Math.max(1, count);
    }
}
