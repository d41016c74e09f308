package org.deepseekplugin.protocol;

/// How an engine is.
///
/// @param detail a sentence for people: progress of a pull, or why it failed
/// @param progress 0 to 1 while pulling or loading
/// @param restarts since the engine was first asked for
public record EngineStatus(
        String replica,
        State state,
        String detail,
        double progress,
        int restarts,
        EngineStats stats,
        Unknown unknown) {

    public enum State {
        PULLING,
        STARTING,
        READY,
        DRAINING,
        STOPPED,
        FAILED
    }
}
