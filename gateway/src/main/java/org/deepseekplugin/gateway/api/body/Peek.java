package org.deepseekplugin.gateway.api.body;

import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.platform.errors.ErrorCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads what routing needs out of a body in one pass, without a tree, and makes sure that the rest
/// is JSON in UTF-8, so that the engine sees the very bytes that were checked. Thread-safe.
public final class Peek {
    /// Names of fields and digits of numbers longer than these are no honest request.
    private static final int MAX_NAME = 1000;

    private static final int MAX_NUMBER = 1000;

    private final JsonFactory json;

    public Peek(int maxDepth) {
        json =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(maxDepth)
                                        .maxNameLength(MAX_NAME)
                                        .maxNumberLength(MAX_NUMBER)
                                        .build())
                        .build();
    }

    /// What a body says, or why it cannot be taken.
    public sealed interface Seen {
        /// @param maxTokens the bound the client set; 0 for none
        /// @param promptBytes length of the prompt, or of the messages as they stand there
        record Wanted(String model, boolean stream, int maxTokens, long promptBytes)
                implements Seen {}

        record Unfit(Refusal refusal) implements Seen {}
    }

    public Seen at(byte[] body) {
        int invalid = Utf8.firstInvalid(body);
        if (invalid >= 0) {
            return invalidUtf8(body, invalid);
        }
        if (isUtf16Or32(body)) {
            return new Seen.Unfit(
                    Refusal.of(
                            ErrorCode.INVALID_JSON,
                            "The body is JSON in UTF-16 or UTF-32; send it in UTF-8"));
        }
        try (var parser = json.createParser(ObjectReadContext.empty(), body)) {
            return wanted(parser);
        } catch (JacksonException e) {
            return malformed(e);
        } catch (UnfitField e) {
            return new Seen.Unfit(new Refusal(ErrorCode.INVALID_REQUEST, e.sentence, e.field));
        }
    }

    /// Parsers guess these by a zero among the first bytes, and not all guess alike.
    private static boolean isUtf16Or32(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static Seen wanted(JsonParser parser) throws UnfitField {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Seen.Unfit(
                    Refusal.of(
                            ErrorCode.INVALID_JSON,
                            "The body must be a JSON object, such as {\"model\": …}"));
        }
        var fields = new RoutingFields();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            fields.read(parser);
        }
        if (parser.nextToken() != null) {
            var at = parser.currentTokenLocation();
            return new Seen.Unfit(
                    Refusal.of(
                            ErrorCode.INVALID_JSON,
                            "The body goes on after its JSON object, at line "
                                    + at.getLineNr()
                                    + ", column "
                                    + at.getColumnNr()));
        }
        return fields.wanted();
    }

    private static Seen malformed(JacksonException e) {
        var at = e.getLocation();
        var where =
                at == null || at.getLineNr() < 1
                        ? ""
                        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new Seen.Unfit(
                Refusal.of(
                        ErrorCode.INVALID_JSON,
                        "The body is not valid JSON" + where + ": " + e.getOriginalMessage()));
    }

    private static Seen invalidUtf8(byte[] body, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean newline = body[i] == '\n';
            line = newline ? line + 1 : line;
            column = newline ? 1 : column + 1;
        }
        return new Seen.Unfit(
                Refusal.of(
                        ErrorCode.INVALID_JSON,
                        "The body is not valid UTF-8 at line " + line + ", byte " + column));
    }

    /// A routing field has a value it cannot have.
    static final class UnfitField extends Exception {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final String sentence;

        UnfitField(String field, String sentence) {
            super(sentence);
            this.field = field;
            this.sentence = sentence;
        }
    }
}
