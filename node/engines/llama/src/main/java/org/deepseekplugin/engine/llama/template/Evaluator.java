package org.deepseekplugin.engine.llama.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.engine.llama.template.Expression.Arguments;

/// Computes expressions.
final class Evaluator {

    static Object value(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal(var value) -> value;
            case Expression.Name(var name) -> scope.get(name);
            case Expression.ListOf(var items) -> values(items, scope);
            case Expression.MapOf map -> map(map, scope);
            case Expression.Attribute(var object, var name) ->
                    Members.attribute(known(object, scope), name);
            case Expression.Item(var object, var key) ->
                    Members.item(known(object, scope), value(key, scope));
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Filter(var input, var name, var arguments) ->
                    Filters.apply(
                            name,
                            value(input, scope),
                            values(arguments.positional(), scope),
                            named(arguments, scope));
            case Expression.Test(var input, var name, var arguments) ->
                    Tests.holds(name, value(input, scope), values(arguments, scope));
            case Expression.Not(var value) -> !isTrue(value, scope);
            case Expression.Negative(var value) -> Operators.negative(value(value, scope));
            case Expression.And(var left, var right) -> {
                var first = value(left, scope);
                yield Values.isTrue(first) ? value(right, scope) : first;
            }
            case Expression.Or(var left, var right) -> {
                var first = value(left, scope);
                yield Values.isTrue(first) ? first : value(right, scope);
            }
            case Expression.Binary(var operator, var left, var right) ->
                    Operators.binary(operator, value(left, scope), value(right, scope));
            case Expression.Comparison comparison -> comparison(comparison, scope);
            case Expression.Conditional(var condition, var yes, var no) ->
                    isTrue(condition, scope)
                            ? value(yes, scope)
                            : no.map(other -> value(other, scope)).orElse(Nothing.UNDEFINED);
        };
    }

    private static boolean isTrue(Expression expression, Scope scope) {
        return Values.isTrue(value(expression, scope));
    }

    private static List<Object> values(List<Expression> expressions, Scope scope) {
        return expressions.stream().map(each -> value(each, scope)).toList();
    }

    private static Map<String, Object> named(Arguments arguments, Scope scope) {
        var values = new LinkedHashMap<String, Object>();
        arguments.named().forEach((name, each) -> values.put(name, value(each, scope)));
        return values;
    }

    private static Object map(Expression.MapOf map, Scope scope) {
        var values = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < map.keys().size(); i++) {
            values.put(value(map.keys().get(i), scope), value(map.values().get(i), scope));
        }
        return values;
    }

    /// What is looked into must exist.
    private static Object known(Expression expression, Scope scope) {
        var value = value(expression, scope);
        if (value == Nothing.UNDEFINED) {
            throw new TemplateException(
                    "The chat template needs " + describe(expression) + ", which is undefined.");
        }
        return value;
    }

    private static Object slice(Expression.Slice slice, Scope scope) {
        return Slices.of(
                known(slice.object(), scope),
                bound(slice.start(), scope),
                bound(slice.stop(), scope),
                bound(slice.step(), scope));
    }

    private static Optional<Integer> bound(Optional<Expression> bound, Scope scope) {
        return bound.map(each -> value(each, scope))
                .filter(value -> value != Nothing.NONE)
                .map(Values::integer);
    }

    private static Object call(Expression.Call call, Scope scope) {
        if (value(call.function(), scope) instanceof Function function) {
            return function.call(
                    values(call.arguments().positional(), scope), named(call.arguments(), scope));
        }
        throw new TemplateException(
                "The chat template calls "
                        + describe(call.function())
                        + ", which is no function here.");
    }

    private static Object comparison(Expression.Comparison comparison, Scope scope) {
        var left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            var right = value(comparison.others().get(i), scope);
            if (!Operators.compare(comparison.operators().get(i), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static String describe(Expression expression) {
        return switch (expression) {
            case Expression.Name(var name) -> name;
            case Expression.Attribute(var object, var name) -> describe(object) + "." + name;
            case Expression.Item(var object, Expression.Literal(var key)) ->
                    describe(object) + "[" + Values.python(key) + "]";
            default -> "a value";
        };
    }

    private Evaluator() {}
}
