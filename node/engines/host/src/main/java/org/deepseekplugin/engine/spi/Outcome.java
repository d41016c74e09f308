package org.deepseekplugin.engine.spi;

/// How a generation ended, and what it took.
///
/// @param promptTokens of the prompt that were read, anew or from the cache
/// @param cachedTokens of these, found in the cache
/// @param completionTokens generated, the one that ended it included
public record Outcome(Finish finish, int promptTokens, int cachedTokens, int completionTokens) {

    public enum Finish {
        /// The model ended it, or a stop text.
        STOP,
        /// `maxTokens` or the end of the context.
        LENGTH,
        CANCELLED,
        /// The engine failed; its log says why.
        ERROR
    }
}
