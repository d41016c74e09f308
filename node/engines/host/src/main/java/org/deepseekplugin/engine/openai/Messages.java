package org.deepseekplugin.engine.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepseekplugin.engine.spi.ChatMessage;
import org.jspecify.annotations.Nullable;

/// Reads the messages of a chat.
public final class Messages {

    /// @param value of the field `messages`
    /// @throws BadParameter naming the message
    public static List<ChatMessage> read(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw BadParameter.invalid(
                    "messages",
                    "`messages` is missing; it must be a list of at least one message.");
        }
        var messages = new ArrayList<ChatMessage>();
        for (int i = 0; i < list.size(); i++) {
            messages.add(message("messages[" + i + "]", list.get(i)));
        }
        return messages;
    }

    private static ChatMessage message(String at, @Nullable Object value) {
        if (value == null) {
            throw BadParameter.invalid(at, "`" + at + "` is null; it must be an object.");
        }
        var fields = new Fields(at + ".", Fields.asObject(at, value));
        fields.ignore("name", "refusal", "annotations");
        fields.refuse("tool_calls", "Tell the model in words what was called.", List.of());
        fields.refuse("function_call", "Tell the model in words what was called.");
        fields.refuse("audio", "It reads text.");
        var message = new ChatMessage(role(at, fields), content(at, fields));
        fields.refuseUnread();
        return message;
    }

    private static String role(String at, Fields fields) {
        var role = Fields.text(at + ".role", fields.any("role"));
        return switch (role) {
            case "user", "assistant" -> role;
            // OpenAI's newer name for the same
            case "system", "developer" -> "system";
            case "tool", "function" ->
                    throw BadParameter.notCapable(
                            at + ".role",
                            "Messages of tools are not available with this model. Send their results as a user's message.");
            default ->
                    throw Fields.wrong(at + ".role", role, "system, developer, user or assistant");
        };
    }

    private static String content(String at, Fields fields) {
        return switch (fields.any("content")) {
            case String text -> text;
            case List<?> parts ->
                    parts.stream()
                            .map(part -> part(at + ".content", part))
                            .collect(Collectors.joining());
            case null ->
                    throw BadParameter.invalid(
                            at + ".content", "`" + at + ".content` is missing; it must be text.");
            case Object other ->
                    throw Fields.wrong(at + ".content", other, "text or a list of parts");
        };
    }

    private static String part(String at, @Nullable Object part) {
        if (part instanceof Map<?, ?> map && map.get("type") instanceof String type) {
            if (type.equals("text") && map.get("text") instanceof String text) {
                return text;
            }
            if (!type.equals("text")) {
                throw BadParameter.notCapable(
                        at,
                        "Parts of type \"" + type + "\" are not available: this model reads text.");
            }
        }
        throw BadParameter.invalid(
                at, "`" + at + "` has a part that is not {\"type\": \"text\", \"text\": …}.");
    }

    private Messages() {}
}
