package org.deepseekplugin.engine.llama.template;

import java.util.List;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Walks over tokens.
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        var token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean sees(Kind kind, String text) {
        return peek().is(kind, text);
    }

    /// Two tokens in a row, such as `not in`.
    boolean seesNames(String first, String second) {
        return sees(Kind.NAME, first) && tokens.get(at + 1).is(Kind.NAME, second);
    }

    boolean takes(Kind kind, String text) {
        boolean there = sees(kind, text);
        if (there) {
            at++;
        }
        return there;
    }

    boolean takesOperator(String sign) {
        return takes(Kind.OPERATOR, sign);
    }

    boolean takesName(String name) {
        return takes(Kind.NAME, name);
    }

    void expectOperator(String sign) {
        if (!takesOperator(sign)) {
            throw unexpected("\"" + sign + "\"");
        }
    }

    void expectName(String name) {
        if (!takesName(name)) {
            throw unexpected("\"" + name + "\"");
        }
    }

    Token expect(Kind kind) {
        if (!peek().is(kind)) {
            throw unexpected(kind.name().toLowerCase(java.util.Locale.ROOT));
        }
        return next();
    }

    TemplateException unexpected(String wanted) {
        var token = peek();
        return new TemplateException(
                "The chat template's line %d has %s where %s is expected."
                        .formatted(
                                token.line(),
                                token.text().isEmpty()
                                        ? token.kind().name()
                                        : "\"" + token.text() + "\"",
                                wanted));
    }
}
