package org.deepseekplugin.protocol;

/// Load of an engine.
///
/// @param running sequences being decoded now
/// @param waiting requests in the queue
/// @param slots sequences it can decode at once
/// @param cacheUsage share of the KV cache in use, 0 to 1
/// @param promptTokens processed since the engine started
/// @param generatedTokens since the engine started
public record EngineStats(
        int running,
        int waiting,
        int slots,
        double cacheUsage,
        long promptTokens,
        long generatedTokens,
        Unknown unknown) {
    public static final EngineStats IDLE = new EngineStats(0, 0, 0, 0, 0, 0, Unknown.NONE);
}
