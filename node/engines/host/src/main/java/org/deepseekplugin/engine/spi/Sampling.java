package org.deepseekplugin.engine.spi;

import java.util.Map;
import java.util.OptionalLong;

/// How the next token is chosen from the model's distribution.
///
/// Order: logit bias, penalties, temperature, top-k, top-p, min-p, then a draw. Temperature comes
/// first of the last four, as in OpenAI's definition of top-p.
///
/// @param temperature 0 takes the likeliest token always
/// @param topP keeps the likeliest tokens that together reach this probability; 1 keeps all
/// @param topK keeps so many likeliest tokens; 0 keeps all
/// @param minP drops tokens less likely than this share of the likeliest; 0 drops none
/// @param frequencyPenalty taken from a token's logit for each time it was generated
/// @param presencePenalty taken once if it was generated at all
/// @param seed of the draws; the same seed and prompt give the same text
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

    public Sampling {
        logitBias = Map.copyOf(logitBias);
    }

    public boolean isGreedy() {
        return temperature == 0 || topK == 1;
    }
}
