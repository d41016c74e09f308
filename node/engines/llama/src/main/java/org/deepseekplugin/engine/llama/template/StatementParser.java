package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.engine.llama.template.Token.Kind;

/// Reads statements: text, `{{ … }}` and `{% … %}`.
final class StatementParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;

    StatementParser(List<Token> tokens) {
        this.tokens = new TokenReader(tokens);
        this.expressions = new ExpressionParser(this.tokens);
    }

    List<Node> template() {
        var nodes = body(Set.of());
        tokens.expect(Kind.END);
        return nodes;
    }

    /// Statements up to a block that begins with one of these names; that name is next then.
    private List<Node> body(Set<String> ends) {
        var nodes = new ArrayList<Node>();
        while (!tokens.peek().is(Kind.END)) {
            var token = tokens.next();
            switch (token.kind()) {
                case TEXT -> nodes.add(new Node.Text(token.text()));
                case PRINT_BEGIN -> {
                    nodes.add(new Node.Print(expressions.withCommas()));
                    tokens.expect(Kind.PRINT_END);
                }
                default -> {
                    if (ends.contains(tokens.peek().text())) {
                        return nodes;
                    }
                    nodes.addAll(statement());
                }
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.unexpected("one of " + ends);
        }
        return nodes;
    }

    private List<Node> statement() {
        var keyword = tokens.expect(Kind.NAME);
        return switch (keyword.text()) {
            case "if" -> List.of(ifStatement());
            case "for" -> List.of(forStatement());
            case "set" -> List.of(set());
            case "macro" -> List.of(macro());
            case "break" -> List.of(jump(Node.Jump.BREAK));
            case "continue" -> List.of(jump(Node.Jump.CONTINUE));
            // marks what an assistant wrote, for training
            case "generation" -> enclosed("endgeneration");
            default ->
                    throw new TemplateException(
                            "The chat template's line %d has the block \"%s\", which is not supported."
                                    .formatted(keyword.line(), keyword.text()));
        };
    }

    private Node ifStatement() {
        var branches = new ArrayList<Node.Branch>();
        var otherwise = List.<Node>of();
        do {
            var condition = expressions.expression();
            tokens.expect(Kind.BLOCK_END);
            branches.add(new Node.Branch(condition, body(Set.of("elif", "else", "endif"))));
        } while (tokens.takesName("elif"));
        if (tokens.takesName("else")) {
            otherwise = enclosed("endif");
        } else {
            end("endif");
        }
        return new Node.If(branches, otherwise);
    }

    private Node forStatement() {
        var names = new ArrayList<String>();
        boolean bracketed = tokens.takesOperator("(");
        do {
            names.add(tokens.expect(Kind.NAME).text());
        } while (tokens.takesOperator(","));
        if (bracketed) {
            tokens.expectOperator(")");
        }
        tokens.expectName("in");
        var items = expressions.withoutCondition();
        var condition =
                tokens.takesName("if")
                        ? Optional.of(expressions.expression())
                        : Optional.<Expression>empty();
        tokens.expect(Kind.BLOCK_END);
        var body = body(Set.of("else", "endfor"));
        var otherwise = List.<Node>of();
        if (tokens.takesName("else")) {
            otherwise = enclosed("endfor");
        } else {
            end("endfor");
        }
        return new Node.For(names, items, condition, body, otherwise);
    }

    private Node set() {
        var targets = new ArrayList<Node.Target>();
        do {
            targets.add(target());
        } while (tokens.takesOperator(","));
        if (tokens.takesOperator("=")) {
            var value = expressions.withCommas();
            tokens.expect(Kind.BLOCK_END);
            return new Node.Set(targets, value);
        }
        return new Node.SetBlock(targets.getFirst(), enclosed("endset"));
    }

    private Node.Target target() {
        var name = tokens.expect(Kind.NAME).text();
        return new Node.Target(
                name,
                tokens.takesOperator(".")
                        ? Optional.of(tokens.expect(Kind.NAME).text())
                        : Optional.empty());
    }

    private Node macro() {
        var name = tokens.expect(Kind.NAME).text();
        var parameters = new ArrayList<String>();
        var defaults = new LinkedHashMap<String, Expression>();
        tokens.expectOperator("(");
        while (!tokens.takesOperator(")")) {
            var parameter = tokens.expect(Kind.NAME).text();
            parameters.add(parameter);
            if (tokens.takesOperator("=")) {
                defaults.put(parameter, expressions.expression());
            }
            if (!tokens.sees(Kind.OPERATOR, ")")) {
                tokens.expectOperator(",");
            }
        }
        return new Node.Macro(name, parameters, defaults, enclosed("endmacro"));
    }

    private Node jump(Node.Jump jump) {
        tokens.expect(Kind.BLOCK_END);
        return jump;
    }

    /// From the end of the opening block to the end of the closing one.
    private List<Node> enclosed(String end) {
        tokens.expect(Kind.BLOCK_END);
        var nodes = body(Set.of(end));
        end(end);
        return nodes;
    }

    private void end(String name) {
        tokens.expectName(name);
        tokens.expect(Kind.BLOCK_END);
    }
}
