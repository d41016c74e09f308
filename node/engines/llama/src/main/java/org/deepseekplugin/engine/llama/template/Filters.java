package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `x | name(…)`
final class Filters {
    private static final Pattern WORD = Pattern.compile("[^-\\s({\\[<]+");

    static Object apply(
            String name, Object value, List<Object> arguments, Map<String, Object> named) {
        return switch (name) {
            case "trim" -> Values.text(call(Values.text(value), "strip", arguments));
            case "tojson" -> PythonJson.write(value, indent(arguments, named));
            case "default", "d" -> orElse(value, arguments, named);
            case "length", "count" -> (long) Values.items(value).size();
            case "join" -> join(value, arguments, named);
            case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
            case "title" -> title(Values.text(value));
            case "capitalize" -> TextMethods.capitalize(Values.text(value));
            case "replace" -> call(Values.text(value), "replace", arguments);
            case "first" -> Members.item(Values.items(value), 0L);
            case "last" -> Members.item(Values.items(value), -1L);
            case "list" -> Values.items(value);
            case "string", "safe" -> Values.text(value);
            case "int" -> (long) number(value, arguments);
            case "float" -> number(value, arguments);
            case "abs" -> Values.number(value) < 0 ? Operators.negative(value) : value;
            case "items" -> value instanceof Map<?, ?> map ? MapMethods.pairs(map) : List.of();
            case "dictsort" -> sortedPairs(value);
            case "reverse" -> reversed(value);
            case "sort" -> Values.items(value).stream().sorted(Operators::order).toList();
            case "unique" -> new ArrayList<>(new LinkedHashSet<>(Values.items(value)));
            case "map" -> mapped(value, arguments, named);
            case "select" -> kept(value, each -> test(each, arguments));
            case "reject" -> kept(value, each -> !test(each, arguments));
            case "selectattr" -> kept(value, each -> testAttribute(each, arguments));
            case "rejectattr" -> kept(value, each -> !testAttribute(each, arguments));
            case "indent" -> indented(Values.text(value), arguments, named);
            default ->
                    throw new TemplateException(
                            "The chat template uses the filter \""
                                    + name
                                    + "\", which is not supported.");
        };
    }

    private static Object call(String text, String method, List<Object> arguments) {
        return ((Function) TextMethods.of(text, method)).call(arguments, Map.of());
    }

    private static int indent(List<Object> arguments, Map<String, Object> named) {
        var indent =
                named.getOrDefault(
                        "indent", arguments.isEmpty() ? Nothing.NONE : arguments.getFirst());
        return indent == Nothing.NONE ? PythonJson.ONE_LINE : Values.integer(indent);
    }

    private static Object orElse(Object value, List<Object> arguments, Map<String, Object> named) {
        var other =
                arguments.isEmpty()
                        ? named.getOrDefault("default_value", "")
                        : arguments.getFirst();
        boolean alsoFalse =
                arguments.size() > 1
                        ? Values.isTrue(arguments.get(1))
                        : Values.isTrue(named.getOrDefault("boolean", false));
        return value == Nothing.UNDEFINED || (alsoFalse && !Values.isTrue(value)) ? other : value;
    }

    private static String join(Object value, List<Object> arguments, Map<String, Object> named) {
        var attribute = named.getOrDefault("attribute", Nothing.NONE);
        return Values.items(value).stream()
                .map(each -> attribute == Nothing.NONE ? each : Members.item(each, attribute))
                .map(Values::text)
                .collect(
                        Collectors.joining(
                                arguments.isEmpty() ? "" : Values.text(arguments.getFirst())));
    }

    /// What is no number is the default.
    private static double number(Object value, List<Object> arguments) {
        try {
            return value instanceof String text
                    ? Double.parseDouble(text.strip())
                    : Values.number(value);
        } catch (NumberFormatException | TemplateException e) {
            return arguments.isEmpty() ? 0 : Values.number(arguments.getFirst());
        }
    }

    /// Unlike Python's `title`, an apostrophe begins no word.
    private static String title(String text) {
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(TextMethods.capitalize(word.group())));
    }

    private static List<Object> sortedPairs(Object value) {
        return value instanceof Map<?, ?> map
                ? MapMethods.pairs(map).stream()
                        .sorted((a, b) -> Operators.order(Members.item(a, 0L), Members.item(b, 0L)))
                        .toList()
                : List.of();
    }

    private static Object reversed(Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        var items = Values.items(value);
        Collections.reverse(items);
        return items;
    }

    private static List<Object> mapped(
            Object value, List<Object> arguments, Map<String, Object> named) {
        var attribute = named.get("attribute");
        var list = new ArrayList<Object>();
        for (var each : Values.items(value)) {
            list.add(
                    attribute != null
                            ? Members.item(each, attribute)
                            : apply(
                                    Values.text(arguments.getFirst()),
                                    each,
                                    arguments.subList(1, arguments.size()),
                                    named));
        }
        return list;
    }

    private static List<Object> kept(Object value, Predicate<Object> keep) {
        return Values.items(value).stream()
                .filter(keep)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean test(Object value, List<Object> arguments) {
        return arguments.isEmpty()
                ? Values.isTrue(value)
                : Tests.holds(
                        Values.text(arguments.getFirst()),
                        value,
                        arguments.subList(1, arguments.size()));
    }

    private static boolean testAttribute(Object value, List<Object> arguments) {
        return test(
                Members.item(value, arguments.getFirst()), arguments.subList(1, arguments.size()));
    }

    /// Every line but the first, and no empty one.
    private static String indented(String text, List<Object> arguments, Map<String, Object> named) {
        var width =
                named.getOrDefault(
                        "width", arguments.isEmpty() ? (Object) 4L : arguments.getFirst());
        var space = width instanceof String literal ? literal : " ".repeat(Values.integer(width));
        return text.replaceAll("\n(?!\n|$)", "\n" + space);
    }

    private Filters() {}
}
