package org.deepseekplugin.engine.llama.template;

/// Backslash escapes of Python's string literals.
final class Escapes {

    static String resolve(String literal) {
        var text = new StringBuilder();
        int at = 0;
        while (at < literal.length()) {
            char c = literal.charAt(at++);
            if (c != '\\' || at == literal.length()) {
                text.append(c);
                continue;
            }
            char escape = literal.charAt(at++);
            int digits = hexDigits(escape);
            if (digits > 0 && at + digits <= literal.length()) {
                text.appendCodePoint(Integer.parseInt(literal.substring(at, at + digits), 16));
                at += digits;
            } else {
                text.append(simple(escape));
            }
        }
        return text.toString();
    }

    private static int hexDigits(char escape) {
        return switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static String simple(char escape) {
        return switch (escape) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case '0' -> "\0";
            case '\\', '\'', '"' -> String.valueOf(escape);
            case '\n' -> "";
            default -> "\\" + escape;
        };
    }

    private Escapes() {}
}
