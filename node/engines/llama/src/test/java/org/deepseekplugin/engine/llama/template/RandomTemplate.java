package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Random;

/// Writes templates: statements within statements, with whitespace and its control everywhere.
final class RandomTemplate {
    private static final List<String> VALUES =
            List.of(
                    "message.role",
                    "message['content']",
                    "messages[0].content",
                    "bos_token",
                    "'a b'",
                    "3",
                    "-2",
                    "1.5",
                    "none",
                    "true",
                    "messages|length",
                    "loop.index",
                    "loop.last",
                    "missing",
                    "message.none",
                    "[1, 2, 3]",
                    "{'a': 1, 'b': [2]}",
                    "messages[-1]['role']",
                    "messages[1:]|length",
                    "'x' ~ loop.index0",
                    "range(3)|list",
                    "namespace(a=1).a",
                    "'%s-%s' | length",
                    "message | tojson",
                    "message.content.strip()");
    private static final List<String> FILTERS =
            List.of(
                    "trim",
                    "upper",
                    "lower",
                    "length",
                    "title",
                    "capitalize",
                    "first",
                    "last",
                    "tojson",
                    "string",
                    "default('d')",
                    "default('d', true)",
                    "replace('a', 'b')",
                    "join('-')",
                    "list",
                    "int",
                    "reverse | list");
    private static final List<String> OPERATORS =
            List.of(
                    "+", "-", "*", "/", "//", "~", "==", "!=", "<", ">=", "and", "or", "in",
                    "not in");
    private static final List<String> TESTS =
            List.of(
                    "defined",
                    "not defined",
                    "none",
                    "string",
                    "mapping",
                    "iterable",
                    "number",
                    "odd",
                    "divisibleby 2",
                    "in [1, 2]",
                    "sequence",
                    "not string");
    private static final List<String> SPACES =
            List.of("", " ", "\n", "\n\n", "  \n  ", "text ", "\t");
    private static final List<String> SIGNS = List.of("", "", "", "-", "+");

    private final Random random;

    private RandomTemplate(Random random) {
        this.random = random;
    }

    static String of(Random random) {
        return new RandomTemplate(random).statements(3);
    }

    private String statements(int depth) {
        var text = new StringBuilder(any(SPACES));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            text.append(statement(depth)).append(any(SPACES));
        }
        return text.toString();
    }

    private String statement(int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(7)) {
            case 0 -> print(expression(2));
            case 1 -> print(expression(1));
            case 2 -> "{#" + sign() + " note " + sign().replace("+", "") + "#}";
            case 3 ->
                    tag("if " + expression(2))
                            + statements(depth - 1)
                            + otherwise(depth)
                            + tag("endif");
            case 4 -> tag("for message in messages") + statements(depth - 1) + tag("endfor");
            case 5 -> tag("set x = " + expression(1)) + print("x");
            default -> tag("set y") + statements(depth - 1) + tag("endset") + print("y|trim");
        };
    }

    private String otherwise(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> tag("else") + statements(depth - 1);
            case 1 -> tag("elif " + expression(1)) + statements(depth - 1);
            default -> "";
        };
    }

    private String expression(int depth) {
        if (depth == 0) {
            return any(VALUES);
        }
        return switch (random.nextInt(7)) {
            case 0 -> expression(depth - 1) + " " + any(OPERATORS) + " " + expression(depth - 1);
            case 1 -> expression(depth - 1) + " | " + any(FILTERS);
            case 2 -> expression(depth - 1) + " is " + any(TESTS);
            case 3 -> "(" + expression(depth - 1) + ")";
            case 4 -> "(not " + expression(depth - 1) + ")";
            case 5 ->
                    expression(depth - 1)
                            + " if "
                            + expression(depth - 1)
                            + " else "
                            + expression(0);
            default -> expression(depth - 1);
        };
    }

    private String print(String expression) {
        return "{{" + sign() + " " + expression + " " + sign().replace("+", "") + "}}";
    }

    private String tag(String words) {
        return "{%" + sign() + " " + words + " " + sign() + "%}";
    }

    private String sign() {
        return any(SIGNS);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
