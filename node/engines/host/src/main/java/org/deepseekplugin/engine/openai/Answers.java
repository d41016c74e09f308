package org.deepseekplugin.engine.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.jspecify.annotations.Nullable;

/// The two shapes in which answers go out: of chats and of plain completions.
public enum Answers {
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk"),
    TEXT("cmpl-", "text_completion", "text_completion");

    private final String idPrefix;
    private final String whole;
    private final String chunk;

    Answers(String idPrefix, String whole, String chunk) {
        this.idPrefix = idPrefix;
        this.whole = whole;
        this.chunk = chunk;
    }

    /// What all parts of one answer have in common.
    ///
    /// @param created seconds since 1970
    public record Head(String id, long created, String model, String fingerprint) {}

    /// @param unique part of the id
    public String id(String unique) {
        return idPrefix + unique;
    }

    public Map<String, Object> whole(Head head, List<Map<String, Object>> choices, Usage usage) {
        var answer = top(head, whole, choices);
        answer.put("usage", usage.json());
        return answer;
    }

    /// @param usage only where the client asked for it: null in all chunks but the last
    public Map<String, Object> chunk(
            Head head,
            List<Map<String, Object>> choices,
            boolean withUsage,
            @Nullable Usage usage) {
        var answer = top(head, chunk, choices);
        if (withUsage) {
            answer.put("usage", usage == null ? null : usage.json());
        }
        return answer;
    }

    public Map<String, Object> choice(int index, String text, Finish finish) {
        return switch (this) {
            case CHAT -> {
                var message = new LinkedHashMap<String, Object>();
                message.put("role", "assistant");
                message.put("content", text);
                message.put("refusal", null);
                yield choice(index, "message", message, Optional.of(finish));
            }
            case TEXT -> choice(index, "text", text, Optional.of(finish));
        };
    }

    /// The first piece of a streamed choice; plain completions have none.
    public Optional<Map<String, Object>> opening(int index) {
        return switch (this) {
            case CHAT ->
                    Optional.of(
                            choice(
                                    index,
                                    "delta",
                                    Map.of("role", "assistant", "content", ""),
                                    Optional.empty()));
            case TEXT -> Optional.empty();
        };
    }

    public Map<String, Object> piece(int index, String text) {
        return switch (this) {
            case CHAT -> choice(index, "delta", Map.of("content", text), Optional.empty());
            case TEXT -> choice(index, "text", text, Optional.empty());
        };
    }

    public Map<String, Object> ending(int index, Finish finish) {
        return switch (this) {
            case CHAT -> choice(index, "delta", Map.of(), Optional.of(finish));
            case TEXT -> choice(index, "text", "", Optional.of(finish));
        };
    }

    private static Map<String, Object> choice(
            int index, String name, Object content, Optional<Finish> finish) {
        var choice = new LinkedHashMap<String, Object>();
        choice.put("index", index);
        choice.put(name, content);
        choice.put("logprobs", null);
        choice.put("finish_reason", finish.map(Answers::reason).orElse(null));
        return choice;
    }

    private static String reason(Finish finish) {
        return finish == Finish.STOP ? "stop" : "length";
    }

    private static Map<String, Object> top(
            Head head, String object, List<Map<String, Object>> choices) {
        var top = new LinkedHashMap<String, Object>();
        top.put("id", head.id());
        top.put("object", object);
        top.put("created", head.created());
        top.put("model", head.model());
        top.put("system_fingerprint", head.fingerprint());
        top.put("choices", choices);
        return top;
    }
}
