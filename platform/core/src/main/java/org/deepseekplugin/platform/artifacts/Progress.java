package org.deepseekplugin.platform.artifacts;

/// Hears how a fetch goes on, often; called from the thread that fetches.
public interface Progress {
    Progress NONE = (step, done, total) -> {};

    /// @param step what is being done, in words: `checking model.gguf`
    /// @param done bytes
    /// @param total bytes, or 0 where it is not known
    void report(String step, long done, long total);
}
