package org.deepseekplugin.engine.openai;

import java.util.List;
import java.util.Map;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.engine.spi.Sampling;

/// A checked request for text, whichever of the two endpoints it came to.
///
/// @param prompts one answer each; always one for a chat
/// @param maxTokens for each answer
/// @param includeUsage whether a stream shall end with its usage
public record CompletionRequest(
        Answers answers,
        List<Prompt> prompts,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        boolean stream,
        boolean includeUsage) {

    private static final int LEGACY_MAX_TOKENS = 16;
    private static final int MOST_PROMPTS = 128;

    /// `POST /v1/chat/completions`
    ///
    /// @param defaults for parameters that are left out
    /// @throws BadParameter naming the parameter
    public static CompletionRequest chat(Map<String, Object> body, Sampling defaults) {
        var fields = new Fields(body);
        var messages = Messages.read(fields.any("messages"));
        refuseUnavailable(fields);
        int maxTokens = fields.integer("max_tokens", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        return common(
                Answers.CHAT,
                fields,
                List.of(new Prompt.Chat(messages)),
                fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE, maxTokens),
                defaults);
    }

    /// `POST /v1/completions`
    ///
    /// @throws BadParameter naming the parameter
    public static CompletionRequest text(Map<String, Object> body, Sampling defaults) {
        var fields = new Fields(body);
        var prompts = fields.texts("prompt");
        if (prompts.isEmpty() || prompts.size() > MOST_PROMPTS) {
            throw BadParameter.invalid(
                    "prompt",
                    "`prompt` has %d texts; it must be text or a list of 1 to %d texts."
                            .formatted(prompts.size(), MOST_PROMPTS));
        }
        fields.refuse("echo", "Put the prompt before the answer yourself.", false);
        fields.refuse("suffix", "Only the end of a text can be written.", "");
        fields.refuse("best_of", "Ask once for each answer.", 1);
        fields.refuse("logprobs", "Leave it out.");
        return common(
                Answers.TEXT,
                fields,
                prompts.stream().<Prompt>map(Prompt.Text::new).toList(),
                fields.integer("max_tokens", 1, Integer.MAX_VALUE, LEGACY_MAX_TOKENS),
                defaults);
    }

    private static CompletionRequest common(
            Answers answers,
            Fields fields,
            List<Prompt> prompts,
            int maxTokens,
            Sampling defaults) {
        fields.refuse("n", "Ask once for each answer.", 1);
        fields.ignore(
                "model",
                "user",
                "metadata",
                "store",
                "service_tier",
                "safety_identifier",
                "prompt_cache_key",
                "prompt_cache_retention");
        boolean stream = fields.flag("stream");
        var request =
                new CompletionRequest(
                        answers,
                        prompts,
                        Samplings.read(fields, defaults),
                        maxTokens,
                        stops(fields),
                        stream,
                        includeUsage(fields, stream));
        fields.refuseUnread();
        return request;
    }

    private static void refuseUnavailable(Fields fields) {
        fields.refuse("tools", "Describe the tools in a message.", List.of());
        fields.refuse("tool_choice", "Leave it out.", "none", "auto");
        fields.refuse("functions", "Describe the functions in a message.", List.of());
        fields.refuse("function_call", "Leave it out.", "none", "auto");
        fields.refuse("parallel_tool_calls", "Leave it out.", true, false);
        fields.refuse(
                "response_format", "Ask for the format in a message.", Map.of("type", "text"));
        fields.refuse("logprobs", "Leave it out.", false);
        fields.refuse("top_logprobs", "Leave it out.", 0);
        fields.refuse("modalities", "It makes text.", List.of("text"));
        fields.refuse("audio", "It makes text.");
        fields.refuse("prediction", "Leave it out.");
        fields.refuse("reasoning_effort", "Leave it out.", "none");
        fields.refuse("verbosity", "Ask for the length in a message.", "medium");
        fields.refuse("web_search_options", "It has no access to the web.");
    }

    private static List<String> stops(Fields fields) {
        var stops = fields.texts("stop");
        if (stops.size() > 4 || stops.contains("")) {
            throw Fields.wrong("stop", stops, "up to 4 texts, none of them empty");
        }
        return stops;
    }

    private static boolean includeUsage(Fields fields, boolean stream) {
        var options = fields.object("stream_options");
        if (options.isEmpty()) {
            return false;
        }
        if (!stream) {
            throw BadParameter.invalid(
                    "stream_options", "`stream_options` is only for requests with `stream: true`.");
        }
        var inner = new Fields("stream_options.", options.get());
        inner.ignore("include_obfuscation");
        boolean include = inner.flag("include_usage");
        inner.refuseUnread();
        return include;
    }
}
