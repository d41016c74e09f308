package org.deepseekplugin.engine.openai;

import java.util.HashMap;
import java.util.Map;
import org.deepseekplugin.engine.spi.Sampling;

/// Reads the parameters of sampling: OpenAI's, and `top_k` and `min_p` as vLLM names them.
final class Samplings {
    private static final int MAX_BIASES = 1024;

    static Sampling read(Fields fields, Sampling defaults) {
        return new Sampling(
                fields.number("temperature", 0, 2, defaults.temperature()),
                fields.number("top_p", 0, 1, defaults.topP()),
                // vLLM's -1 means all, too
                Math.max(0, fields.integer("top_k", -1, 1 << 20, defaults.topK())),
                fields.number("min_p", 0, 1, defaults.minP()),
                fields.number("frequency_penalty", -2, 2, defaults.frequencyPenalty()),
                fields.number("presence_penalty", -2, 2, defaults.presencePenalty()),
                fields.integer("seed"),
                biases(fields));
    }

    private static Map<Integer, Double> biases(Fields fields) {
        var biases = new HashMap<Integer, Double>();
        var given = fields.object("logit_bias").orElse(Map.of());
        if (given.size() > MAX_BIASES) {
            throw Fields.wrong("logit_bias", given.size() + " tokens", "at most " + MAX_BIASES);
        }
        var values = new Fields("logit_bias.", given);
        for (var token : given.keySet()) {
            biases.put(id(token), values.number(token, -100, 100, 0));
        }
        return biases;
    }

    private static int id(String token) {
        if (!token.matches("\\d{1,9}")) {
            throw Fields.wrong("logit_bias", token, "an object whose keys are token ids");
        }
        return Integer.parseInt(token);
    }

    private Samplings() {}
}
