package org.deepseekplugin.engine.spi;

import java.util.Map;
import java.util.OptionalLong;

/// How the next token is chosen from the model's distribution.
///
/// Order, as in llama.cpp: logit bias, penalties, top-k, top-p, min-p, temperature, then a draw.
///
/// @param temperature 0 takes the likeliest token always
/// @param topP keeps the likeliest tokens that together reach this probability; 1 keeps all
/// @param topK keeps so many likeliest tokens; 0 keeps all
/// @param minP drops tokens less likely than this share of the likeliest; 0 drops none
/// @param frequencyPenalty taken from a token's logit for each time it was generated
/// @param presencePenalty taken once if it was generated at all
/// @param seed of the draws. The same seed and prompt give the same text, but for rounding: what
///   else is in a step decides in which order numbers are added, and a near tie may fall the other
///   way
/// @param logitBias added to logits, by token id
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        double frequencyPenalty,
        double presencePenalty,
        OptionalLong seed,
        Map<Integer, Double> logitBias) {

    /// What suits most instruction-tuned models.
    public static final Sampling TYPICAL =
            new Sampling(0.6, 0.95, 40, 0.05, 0, 0, OptionalLong.empty(), Map.of());

    private static final double COLDEST = 1e-4;

    public Sampling {
        logitBias = Map.copyOf(logitBias);
    }

    /// Logits divided by less than [#COLDEST] overflow; the likeliest token is all that is left.
    public boolean isGreedy() {
        return temperature < COLDEST || topK == 1;
    }
}
