package org.deepseekplugin.gateway.api.body;

import org.deepseekplugin.gateway.api.body.Peek.Seen;
import org.deepseekplugin.gateway.api.body.Peek.UnfitField;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Gathers the top-level fields of a body that decide where it goes, and how long its prompt is.
/// Each may stand there once: gateway and engine must not read different ones.
final class RoutingFields {
    private @Nullable String model;
    private @Nullable Boolean stream;
    private @Nullable Integer maxTokens;
    private @Nullable Integer maxCompletionTokens;
    private long promptBytes;

    /// @param parser at a field's name; afterwards at the end of its value
    void read(JsonParser parser) throws UnfitField {
        var field = parser.currentName();
        parser.nextToken();
        switch (field) {
            case "model" -> model = once(field, model, string(field, parser));
            case "stream" -> stream = once(field, stream, bool(field, parser));
            case "max_tokens" -> maxTokens = once(field, maxTokens, count(field, parser));
            case "max_completion_tokens" ->
                    maxCompletionTokens = once(field, maxCompletionTokens, count(field, parser));
            case "messages", "prompt" -> promptBytes += bytesOf(parser);
            default -> parser.skipChildren();
        }
    }

    private static long bytesOf(JsonParser parser) {
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return parser.currentLocation().getByteOffset() - from;
    }

    Seen wanted() {
        if (model == null || model.isEmpty()) {
            return new Seen.Unfit(
                    new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "The field \"model\" is missing: name the model that shall answer;"
                                    + " GET /v1/models lists them",
                            "model"));
        }
        int bound = maxCompletionTokens != null ? maxCompletionTokens : orZero(maxTokens);
        return new Seen.Wanted(model, stream != null && stream, bound, promptBytes);
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static <T> T once(String field, @Nullable T before, T value) throws UnfitField {
        if (before != null) {
            throw new UnfitField(field, "The field \"" + field + "\" stands there twice");
        }
        return value;
    }

    private static String string(String field, JsonParser parser) throws UnfitField {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnfitField(field, "The field \"" + field + "\" must be a string");
        }
        return parser.getString();
    }

    private static boolean bool(String field, JsonParser parser) throws UnfitField {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default ->
                    throw new UnfitField(
                            field, "The field \"" + field + "\" must be true or false");
        };
    }

    /// null means the same as no field.
    private static int count(String field, JsonParser parser) throws UnfitField {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() < 1) {
            throw new UnfitField(
                    field,
                    "The field \""
                            + field
                            + "\" must be a whole number between 1 and "
                            + Integer.MAX_VALUE);
        }
        return parser.getIntValue();
    }
}
