package org.deepseekplugin.engine.spi;

import java.util.List;

/// One text to generate.
///
/// @param id unique among those that run
/// @param maxTokens at most so many, and never more than the context has room for
/// @param stop texts that end the generation and are not part of it
public record Generation(
        String id, Prompt prompt, Sampling sampling, int maxTokens, List<String> stop) {

    public Generation {
        stop = List.copyOf(stop);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + "; it must be >= 1");
        }
    }
}
