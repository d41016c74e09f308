package org.deepseekplugin.emulator.wire;

/// A protocol: one request, one answer. Called on threads that may block.
public interface WireApi {
    WireAnswer answer(WireRequest request);
}
