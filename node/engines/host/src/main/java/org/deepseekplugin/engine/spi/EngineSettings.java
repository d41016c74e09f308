package org.deepseekplugin.engine.spi;

import java.nio.file.Path;
import java.util.Optional;

/// How an engine shall run.
///
/// @param weights the file to load
/// @param natives the folder with the engine's native libraries
/// @param slots generations that are decoded at once
/// @param contextTokens for each slot: the longest prompt and answer together
/// @param threads of the computation; 0 for one less than there are processors
/// @param queue generations that may wait for a slot
/// @param chatTemplate instead of the one that the weights carry
/// @param temperature of requests that name none, instead of the one that the weights recommend
public record EngineSettings(
        Path weights,
        Path natives,
        int slots,
        int contextTokens,
        int threads,
        int queue,
        Optional<String> chatTemplate,
        Optional<Double> temperature) {

    public EngineSettings {
        require("slots", slots, 1, 256);
        require("context-tokens", contextTokens, 16, 1 << 20);
        require("threads", threads, 0, 1024);
        require("queue", queue, 0, 1 << 16);
        if (temperature.orElse(0.0) < 0 || temperature.orElse(0.0) > 2) {
            throw new IllegalArgumentException(
                    "--temperature is %s; it must be from 0 to 2".formatted(temperature.get()));
        }
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "--%s is %d; it must be from %d to %d".formatted(name, value, min, max));
        }
    }
}
