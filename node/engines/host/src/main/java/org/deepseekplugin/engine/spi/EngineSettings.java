package org.deepseekplugin.engine.spi;

import java.math.BigDecimal;
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
/// @param frequencyPenalty of requests that name none; keeps small models from repeating themselves
public record EngineSettings(
        Path weights,
        Path natives,
        int slots,
        int contextTokens,
        int threads,
        int queue,
        Optional<String> chatTemplate,
        Optional<Double> temperature,
        Optional<Double> frequencyPenalty) {

    public EngineSettings {
        require("slots", slots, 1, 256);
        require("context-tokens", contextTokens, 16, 1 << 20);
        require("threads", threads, 0, 1024);
        require("queue", queue, 0, 1 << 16);
        temperature.ifPresent(value -> require("temperature", value, 0, 2));
        frequencyPenalty.ifPresent(value -> require("frequency-penalty", value, -2, 2));
    }

    private static void require(String name, double value, int min, int max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    "--%s is %s; it must be from %d to %d."
                            .formatted(name, plain(value), min, max));
        }
    }

    private static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
