package org.deepseekplugin.engine.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.engine.spi.Outcome;

/// Tokens of a request, over all its generations.
///
/// @param cached of the prompt's tokens, found in the cache
public record Usage(int prompt, int cached, int completion) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Outcome outcome) {
        return new Usage(
                prompt + outcome.promptTokens(),
                cached + outcome.cachedTokens(),
                completion + outcome.completionTokens());
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("prompt_tokens", prompt);
        json.put("completion_tokens", completion);
        json.put("total_tokens", prompt + completion);
        json.put("prompt_tokens_details", Map.of("cached_tokens", cached));
        return json;
    }
}
