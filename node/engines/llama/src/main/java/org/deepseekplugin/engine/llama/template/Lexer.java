package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Splits a template into tokens and applies whitespace control: `-` and `+` in the tags, a newline
/// dropped after a block, spaces dropped before one.
final class Lexer {
    private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
    private static final Pattern CODE =
            Pattern.compile(
                    "(?<space>\\s+)"
                            + "|(?<end>[-+]?[%}]\\})"
                            + "|(?<float>\\d[\\d_]*(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+))"
                            + "|(?<integer>\\d[\\d_]*)"
                            + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
                            + "|(?<string>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                            + "|(?<operator>==|!=|<=|>=|//|\\*\\*|[-+*/%~<>=()\\[\\]{}.,:|])",
                    Pattern.DOTALL);

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    Lexer(String source) {
        var text = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    List<Token> tokens() {
        var opening = OPENING.matcher(source);
        while (opening.find(at)) {
            text(opening.start());
            char kind = source.charAt(opening.start() + 1);
            advance(opening.end());
            skipSign();
            switch (kind) {
                case '#' -> comment();
                case '%' -> code(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
                default -> code(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}");
            }
        }
        add(Kind.TEXT, source.substring(at));
        add(Kind.END, "");
        return tokens;
    }

    /// Text up to a tag; the tag's own sign says what becomes of the spaces before it.
    private void text(int end) {
        var text = source.substring(at, end);
        char sign = end + 2 < source.length() ? source.charAt(end + 2) : ' ';
        if (sign == '-') {
            text = text.stripTrailing();
        } else if (source.charAt(end + 1) != '{' && sign != '+') {
            text = withoutIndent(text);
        }
        add(Kind.TEXT, text);
        advance(end);
    }

    private String withoutIndent(String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean atLineStart = lineStart > 0 || at == 0 || source.charAt(at - 1) == '\n';
        return atLineStart && text.substring(lineStart).isBlank()
                ? text.substring(0, lineStart)
                : text;
    }

    private void skipSign() {
        if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
            advance(at + 1);
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw new TemplateException(
                    "The chat template's comment in line " + line + " never ends.");
        }
        boolean strips = end > at && source.charAt(end - 1) == '-';
        advance(end + 2);
        afterTag(strips, true);
    }

    /// What stands in a tag. `}}` may close two maps instead of the tag.
    private void code(Kind begin, Kind end, String closing) {
        add(begin, "");
        var matcher = CODE.matcher(source);
        int braces = 0;
        while (true) {
            if (!matcher.region(at, source.length()).lookingAt()) {
                throw unexpected();
            }
            var sign = matcher.group("end");
            if (sign == null) {
                braces += codeToken(matcher);
                advance(matcher.end());
            } else if (sign.endsWith(closing) && (braces == 0 || end == Kind.BLOCK_END)) {
                add(end, "");
                advance(matcher.end());
                afterTag(sign.startsWith("-"), end == Kind.BLOCK_END && !sign.startsWith("+"));
                return;
            } else {
                braces -= source.charAt(at) == '}' ? 1 : 0;
                add(Kind.OPERATOR, source.substring(at, at + 1));
                advance(at + 1);
            }
        }
    }

    private TemplateException unexpected() {
        return new TemplateException(
                "The chat template's line %d has something unexpected near \"%s\"."
                        .formatted(line, source.substring(at, Math.min(at + 20, source.length()))));
    }

    /// @return by how much braces got deeper
    private int codeToken(Matcher matcher) {
        var text = matcher.group();
        if (matcher.group("name") != null) {
            add(Kind.NAME, text);
        } else if (matcher.group("string") != null) {
            add(Kind.STRING, Escapes.resolve(text.substring(1, text.length() - 1)));
        } else if (matcher.group("float") != null) {
            add(Kind.FLOAT, text.replace("_", ""));
        } else if (matcher.group("integer") != null) {
            add(Kind.INTEGER, text.replace("_", ""));
        } else if (matcher.group("operator") != null) {
            add(Kind.OPERATOR, text);
            return text.equals("{") ? 1 : text.equals("}") ? -1 : 0;
        }
        return 0;
    }

    private void afterTag(boolean strips, boolean dropsNewline) {
        if (strips) {
            int next = at;
            while (next < source.length() && Character.isWhitespace(source.charAt(next))) {
                next++;
            }
            advance(next);
        } else if (dropsNewline && at < source.length() && source.charAt(at) == '\n') {
            advance(at + 1);
        }
    }

    private void add(Kind kind, String text) {
        if (kind != Kind.TEXT || !text.isEmpty()) {
            tokens.add(new Token(kind, text, line));
        }
    }

    private void advance(int to) {
        line += (int) source.substring(at, to).chars().filter(c -> c == '\n').count();
        at = to;
    }
}
