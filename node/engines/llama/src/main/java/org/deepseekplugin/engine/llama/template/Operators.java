package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Arithmetic, comparison and membership.
final class Operators {
    private static final int MOST_REPETITIONS = 10_000;

    static Object binary(String operator, Object left, Object right) {
        if (operator.equals("~")) {
            return binary("+", Values.text(left), Values.text(right));
        }
        bound(size(left) + size(right));
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            var both = new ArrayList<Object>(a);
            both.addAll(b);
            return both;
        }
        if (operator.equals("*") && isWhole(right) && !isNumber(left)) {
            return repeated(left, Values.integer(right));
        }
        if (operator.equals("*") && isWhole(left) && !isNumber(right)) {
            return repeated(right, Values.integer(left));
        }
        if (isNumber(left) && isNumber(right)) {
            return arithmetic(operator, left, right);
        }
        throw new TemplateException(
                "The chat template computes %s %s %s, which is impossible."
                        .formatted(Values.python(left), operator, Values.python(right)));
    }

    /// So many times at the most: what a template's author meant is less.
    private static Object repeated(Object value, long times) {
        int count = Math.clamp(times, 0, MOST_REPETITIONS);
        bound(size(value) * count);
        return switch (value) {
            case String text -> text.repeat(count);
            case List<?> list -> {
                var all = new ArrayList<Object>();
                for (int i = 0; i < count; i++) {
                    all.addAll(list);
                }
                yield all;
            }
            default ->
                    throw new TemplateException(
                            "The chat template repeats %s, which is impossible."
                                    .formatted(Values.python(value)));
        };
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> list -> list.size();
            default -> 0;
        };
    }

    /// Something that doubles in a loop must not fill the heap.
    private static void bound(long size) {
        if (size > Renderer.LONGEST_TEXT) {
            throw new TemplateException("The chat template makes something of more than 16 MiB.");
        }
    }

    static Object negative(Object value) {
        return value instanceof Double number
                ? (Object) (-number)
                : (Object) (long) -Values.integer(value);
    }

    static boolean compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            case "<" -> order(left, right) < 0;
            case "<=" -> order(left, right) <= 0;
            case ">" -> order(left, right) > 0;
            case ">=" -> order(left, right) >= 0;
            default -> throw new TemplateException("no operator " + operator);
        };
    }

    static boolean equal(Object left, Object right) {
        boolean numbers = isNumber(left) && isNumber(right);
        return numbers ? Values.number(left) == Values.number(right) : Objects.equals(left, right);
    }

    static int order(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        if (isNumber(left) && isNumber(right)) {
            return Double.compare(Values.number(left), Values.number(right));
        }
        throw new TemplateException(
                "The chat template compares %s with %s."
                        .formatted(Values.python(left), Values.python(right)));
    }

    private static boolean contains(Object whole, Object part) {
        return switch (whole) {
            case String text when part instanceof String piece -> text.contains(piece);
            case List<?> list -> list.stream().anyMatch(each -> equal(each, part));
            case Map<?, ?> map -> map.containsKey(part);
            case Nothing nothing when nothing == Nothing.UNDEFINED -> false;
            default ->
                    throw new TemplateException(
                            "The chat template looks for %s in %s."
                                    .formatted(Values.python(part), Values.python(whole)));
        };
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        boolean whole = !(left instanceof Double) && !(right instanceof Double);
        double a = Values.number(left);
        double b = Values.number(right);
        if (b == 0 && List.of("/", "//", "%").contains(operator)) {
            throw new TemplateException("The chat template divides by zero.");
        }
        return switch (operator) {
            case "+" -> result(a + b, whole);
            case "-" -> result(a - b, whole);
            case "*" -> result(a * b, whole);
            case "/" -> a / b;
            case "//" -> result(Math.floor(a / b), whole);
            case "%" -> result(a - b * Math.floor(a / b), whole);
            case "**" -> result(Math.pow(a, b), whole && b >= 0);
            default -> throw new TemplateException("no operator " + operator);
        };
    }

    private static Object result(double value, boolean whole) {
        return whole ? (Object) (long) value : (Object) value;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    private Operators() {}
}
