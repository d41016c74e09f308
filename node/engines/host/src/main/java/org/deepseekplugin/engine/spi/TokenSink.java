package org.deepseekplugin.engine.spi;

/// Where a generation's text goes. Called by the engine's decode thread, so it must not block: what
/// its reader does not take at once it keeps, which is bounded by the generation's length.
public interface TokenSink {
    /// More text: whole characters, never part of a stop text.
    void text(String text);

    /// The end; nothing follows.
    void ended(Outcome outcome);
}
