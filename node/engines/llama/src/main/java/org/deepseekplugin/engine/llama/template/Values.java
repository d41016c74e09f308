package org.deepseekplugin.engine.llama.template;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How Python sees values: truth, text, items.
final class Values {

    /// From JSON's values: whole numbers are long, null is None.
    static Object of(@Nullable Object value) {
        return switch (value) {
            case null -> Nothing.NONE;
            case Integer number -> number.longValue();
            case List<?> list ->
                    list.stream().map(Values::of).collect(toCollection(ArrayList::new));
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, each) -> copy.put(of(key), of(each)));
                yield copy;
            }
            case Object other -> other;
        };
    }

    static boolean isTrue(Object value) {
        return switch (value) {
            case Nothing _ -> false;
            case Boolean truth -> truth;
            case Number number -> number.doubleValue() != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /// As `{{ … }}` prints it.
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Nothing nothing when nothing == Nothing.UNDEFINED -> "";
            default -> python(value);
        };
    }

    /// Python's `repr`.
    static String python(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean truth -> truth ? "True" : "False";
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : "Undefined";
            case List<?> list ->
                    list.stream().map(Values::python).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(each -> python(each.getKey()) + ": " + python(each.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /// What a loop goes over: a map's keys, a text's characters.
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text ->
                    text.codePoints()
                            .mapToObj(Character::toString)
                            .collect(Collectors.toCollection(ArrayList::new));
            case Nothing nothing when nothing == Nothing.UNDEFINED -> List.of();
            default ->
                    throw new TemplateException(
                            "The chat template goes over "
                                    + python(value)
                                    + ", which has no items.");
        };
    }

    static int integer(Object value) {
        return (int) number(value);
    }

    static double number(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean truth -> truth ? 1 : 0;
            default ->
                    throw new TemplateException(
                            "The chat template needs a number instead of " + python(value) + ".");
        };
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        var escaped =
                text.replace("\\", "\\\\")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t");
        return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
    }

    private Values() {}
}
