package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.engine.llama.template.Expression.Arguments;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Reads what stands between operators: literals, names, brackets, and what is hung on them.
final class OperandParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenReader tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /// With its powers, filters and tests.
    Expression operand() {
        var left = filtered(unary());
        while (tokens.takesOperator("**")) {
            left = new Expression.Binary("**", left, filtered(unary()));
        }
        return left;
    }

    /// The sign binds closer than a filter: `-3|abs` is 3.
    private Expression unary() {
        if (tokens.takesOperator("-")) {
            return suffixed(new Expression.Negative(unary()));
        }
        return suffixed(tokens.takesOperator("+") ? unary() : primary());
    }

    private Expression primary() {
        var token = tokens.next();
        return switch (token.kind()) {
            case STRING -> new Expression.Literal(strings(token));
            case INTEGER -> new Expression.Literal(Long.valueOf(token.text()));
            case FLOAT -> new Expression.Literal(Double.valueOf(token.text()));
            case NAME -> name(token.text());
            case OPERATOR -> bracketed(token);
            default -> throw tokens.unexpected("an expression");
        };
    }

    /// Neighbouring literals are one.
    private String strings(Token first) {
        var text = new StringBuilder(first.text());
        while (tokens.peek().is(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return text.toString();
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Literal(true);
            case "false", "False" -> new Expression.Literal(false);
            case "none", "None" -> new Expression.Literal(Nothing.NONE);
            default -> new Expression.Name(name);
        };
    }

    private Expression bracketed(Token opening) {
        return switch (opening.text()) {
            case "(" -> group();
            case "[" -> new Expression.ListOf(items("]"));
            case "{" -> map();
            default -> throw tokens.unexpected("an expression instead of " + opening.text());
        };
    }

    private Expression group() {
        if (tokens.takesOperator(")")) {
            return new Expression.ListOf(List.of());
        }
        var first = expressions.expression();
        if (tokens.takesOperator(",")) {
            var items = new ArrayList<>(List.of(first));
            items.addAll(items(")"));
            return new Expression.ListOf(items);
        }
        tokens.expectOperator(")");
        return first;
    }

    private List<Expression> items(String closing) {
        var items = new ArrayList<Expression>();
        while (!tokens.takesOperator(closing)) {
            items.add(expressions.expression());
            if (!tokens.sees(Kind.OPERATOR, closing)) {
                tokens.expectOperator(",");
            }
        }
        return items;
    }

    private Expression map() {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!tokens.takesOperator("}")) {
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
            if (!tokens.sees(Kind.OPERATOR, "}")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.MapOf(keys, values);
    }

    private Expression suffixed(Expression base) {
        var value = base;
        while (true) {
            if (tokens.takesOperator(".")) {
                var name = tokens.next();
                value =
                        name.is(Kind.INTEGER)
                                ? new Expression.Item(
                                        value, new Expression.Literal(Long.valueOf(name.text())))
                                : new Expression.Attribute(value, name.text());
            } else if (tokens.takesOperator("[")) {
                value = subscript(value);
            } else if (tokens.takesOperator("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression object) {
        var start = bound();
        if (tokens.takesOperator("]")) {
            return new Expression.Item(
                    object, start.orElseThrow(() -> tokens.unexpected("an index")));
        }
        tokens.expectOperator(":");
        var stop = bound();
        var step = tokens.takesOperator(":") ? bound() : Optional.<Expression>empty();
        tokens.expectOperator("]");
        return new Expression.Slice(object, start, stop, step);
    }

    private Optional<Expression> bound() {
        return tokens.sees(Kind.OPERATOR, ":") || tokens.sees(Kind.OPERATOR, "]")
                ? Optional.empty()
                : Optional.of(expressions.expression());
    }

    private Expression filtered(Expression base) {
        var value = base;
        while (true) {
            if (tokens.takesOperator("|")) {
                var name = tokens.expect(Kind.NAME).text();
                var arguments = tokens.takesOperator("(") ? arguments() : Arguments.NONE;
                value = suffixed(new Expression.Filter(value, name, arguments));
            } else if (tokens.takesName("is")) {
                value = test(value);
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression input) {
        boolean negated = tokens.takesName("not");
        var name = tokens.next().text();
        var arguments = List.<Expression>of();
        if (tokens.takesOperator("(")) {
            arguments = items(")");
        } else if (beginsArgument(tokens.peek())) {
            arguments = List.of(suffixed(primary()));
        }
        var test = new Expression.Test(input, name, arguments);
        return negated ? new Expression.Not(test) : test;
    }

    /// `x is divisibleby 3`, `x is in y`: one argument may stand without brackets.
    private static boolean beginsArgument(Token token) {
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            case NAME ->
                    !Set.of("and", "or", "else", "if", "is", "not", "in").contains(token.text());
            default -> false;
        };
    }

    private Arguments arguments() {
        var positional = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        while (!tokens.takesOperator(")")) {
            var value = expressions.expression();
            if (value instanceof Expression.Name(var name) && tokens.takesOperator("=")) {
                named.put(name, expressions.expression());
            } else {
                positional.add(value);
            }
            if (!tokens.sees(Kind.OPERATOR, ")")) {
                tokens.expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }
}
