package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.engine.llama.template.Expression.Arguments;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Reads expressions by recursive descent, loosest operator first.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenReader tokens;

    ExpressionParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    /// Several, separated by commas, make a list.
    Expression withCommas() {
        var first = expression();
        if (!tokens.sees(Kind.OPERATOR, ",")) {
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (tokens.takesOperator(",")) {
            items.add(expression());
        }
        return new Expression.ListOf(items);
    }

    Expression expression() {
        var value = or();
        while (tokens.takesName("if")) {
            var condition = or();
            var no =
                    tokens.takesName("else")
                            ? Optional.of(expression())
                            : Optional.<Expression>empty();
            value = new Expression.Conditional(condition, value, no);
        }
        return value;
    }

    /// For the items of a loop, where `if` begins its filter.
    Expression withoutCondition() {
        return or();
    }

    private Expression or() {
        var left = and();
        while (tokens.takesName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        var left = not();
        while (tokens.takesName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        return tokens.takesName("not") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        var first = sum();
        var operators = new ArrayList<String>();
        var others = new ArrayList<Expression>();
        while (true) {
            var token = tokens.peek();
            if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.takesName("in")) {
                operators.add("in");
            } else if (tokens.seesNames("not", "in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty()
                        ? first
                        : new Expression.Comparison(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        var left = concatenation();
        while (tokens.sees(Kind.OPERATOR, "+") || tokens.sees(Kind.OPERATOR, "-")) {
            left = new Expression.Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        var left = product();
        while (tokens.takesOperator("~")) {
            left = new Expression.Binary("~", left, product());
        }
        return left;
    }

    private Expression product() {
        var left = power();
        while (tokens.peek().is(Kind.OPERATOR)
                && Set.of("*", "/", "//", "%").contains(tokens.peek().text())) {
            left = new Expression.Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
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
        var first = expression();
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
            items.add(expression());
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
            keys.add(expression());
            tokens.expectOperator(":");
            values.add(expression());
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
                : Optional.of(expression());
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
            var value = expression();
            if (value instanceof Expression.Name(var name) && tokens.takesOperator("=")) {
                named.put(name, expression());
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
