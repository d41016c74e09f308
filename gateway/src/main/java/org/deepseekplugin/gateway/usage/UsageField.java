package org.deepseekplugin.gateway.usage;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// OpenAI's `"usage": {…}`, read out of bytes that may begin and end anywhere.
public final class UsageField {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);

    private long prompt;
    private long cached;
    private long completion;

    /// Usage and what engines write after it fit into this.
    static final int TAIL = 2048;

    /// What a whole answer states at its end.
    public static Optional<Tokens> in(Buffer answer) {
        var tail = answer.getBytes(Math.max(0, answer.length() - TAIL), answer.length());
        return Optional.ofNullable(last(tail, tail.length));
    }

    /// @return null when there is none, or it is not whole
    static @Nullable Tokens last(byte[] bytes, int length) {
        for (int i = length - NAME.length; i >= 0; i--) {
            if (isName(bytes, i)) {
                var tokens = at(bytes, i + NAME.length, length);
                if (tokens != null) {
                    return tokens;
                }
            }
        }
        return null;
    }

    private static boolean isName(byte[] bytes, int at) {
        for (int k = 0; k < NAME.length; k++) {
            if (bytes[at + k] != NAME[k]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Tokens at(byte[] bytes, int afterName, int length) {
        int i = afterName;
        while (i < length && (bytes[i] == ' ' || bytes[i] == ':')) {
            i++;
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes, i, length - i)) {
            return new UsageField().read(parser);
        } catch (JacksonException e) {
            // cut off in the middle: as good as not stated
            return null;
        }
    }

    private @Nullable Tokens read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var field = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                count(field, Math.max(0, parser.getLongValue()));
            } else if (field.equals("prompt_tokens_details")
                    && parser.currentToken() == JsonToken.START_OBJECT) {
                details(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new Tokens(prompt, Math.min(cached, prompt), completion);
    }

    private void details(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var field = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                count(field, Math.max(0, parser.getLongValue()));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void count(String field, long value) {
        switch (field) {
            case "prompt_tokens" -> prompt = value;
            case "cached_tokens" -> cached = value;
            case "completion_tokens" -> completion = value;
            default -> {}
        }
    }
}
