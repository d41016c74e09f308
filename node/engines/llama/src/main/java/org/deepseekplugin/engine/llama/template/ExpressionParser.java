package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Reads expressions by recursive descent, loosest operator first.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenReader tokens;
    private final OperandParser operands;

    ExpressionParser(TokenReader tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
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
        var left = operands.operand();
        while (tokens.peek().is(Kind.OPERATOR)
                && Set.of("*", "/", "//", "%").contains(tokens.peek().text())) {
            left = new Expression.Binary(tokens.next().text(), left, operands.operand());
        }
        return left;
    }
}
