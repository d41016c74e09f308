package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An expression of a template.
sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> items) implements Expression {}

    record MapOf(List<Expression> keys, List<Expression> values) implements Expression {}

    /// `object.name`
    record Attribute(Expression object, String name) implements Expression {}

    /// `object[key]`
    record Item(Expression object, Expression key) implements Expression {}

    record Slice(
            Expression object,
            Optional<Expression> start,
            Optional<Expression> stop,
            Optional<Expression> step)
            implements Expression {}

    record Call(Expression function, Arguments arguments) implements Expression {}

    record Filter(Expression input, String name, Arguments arguments) implements Expression {}

    record Test(Expression input, String name, List<Expression> arguments) implements Expression {}

    record Not(Expression value) implements Expression {}

    record Negative(Expression value) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /// `a < b <= c`: every neighbouring pair must hold.
    record Comparison(Expression first, List<String> operators, List<Expression> others)
            implements Expression {}

    record Conditional(Expression condition, Expression yes, Optional<Expression> no)
            implements Expression {}

    record Arguments(List<Expression> positional, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
