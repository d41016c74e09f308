package org.deepseekplugin.emulator.wire;

/// A cloud's metadata service. Called on threads that may block.
public interface MetadataApi {

    /// @param path below the machine's base, without a leading `/`
    WireAnswer answer(String id, String path, WireRequest request);
}
