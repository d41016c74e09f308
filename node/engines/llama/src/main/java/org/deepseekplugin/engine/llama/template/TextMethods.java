package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Methods of Python's str.
final class TextMethods {
    private static final int UNLIMITED = -1;

    /// @return the method, or `UNDEFINED`
    static Object of(String text, String name) {
        return switch (name) {
            case "strip" -> method(a -> stripEnd(stripStart(text, a), a));
            case "lstrip" -> method(a -> stripStart(text, a));
            case "rstrip" -> method(a -> stripEnd(text, a));
            case "startswith" -> method(a -> any(a.getFirst(), text::startsWith));
            case "endswith" -> method(a -> any(a.getFirst(), text::endsWith));
            case "split" -> method(a -> split(text, a));
            case "rsplit" -> method(a -> splitFromEnd(text, a));
            case "splitlines" -> method(a -> text.lines().collect(Collectors.toList()));
            case "replace" -> method(a -> text.replace(string(a, 0), string(a, 1)));
            case "upper" -> method(a -> text.toUpperCase(Locale.ROOT));
            case "lower" -> method(a -> text.toLowerCase(Locale.ROOT));
            case "title" -> method(a -> title(text));
            case "capitalize" -> method(a -> capitalize(text));
            case "find" -> method(a -> (long) text.indexOf(string(a, 0)));
            case "count" ->
                    method(a -> (long) text.split(Pattern.quote(string(a, 0)), -1).length - 1);
            case "join" ->
                    method(a ->
                            Values.items(a.getFirst()).stream()
                                    .map(Values::text)
                                    .collect(Collectors.joining(text)));
            case "isdigit" ->
                    method(a -> !text.isEmpty() && text.chars().allMatch(Character::isDigit));
            case "isspace" -> method(a -> !text.isEmpty() && text.isBlank());
            default -> Nothing.UNDEFINED;
        };
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    static String title(String text) {
        return Pattern.compile("\\p{L}+")
                .matcher(text)
                .replaceAll(word -> capitalize(word.group()));
    }

    private interface Positional {
        Object call(List<Object> arguments);
    }

    private static Function method(Positional method) {
        return (arguments, named) -> method.call(arguments);
    }

    private static String string(List<Object> arguments, int index) {
        return Values.text(arguments.get(index));
    }

    private static boolean any(Object candidates, java.util.function.Predicate<String> holds) {
        return candidates instanceof List<?> list
                ? list.stream().map(Values::text).anyMatch(holds)
                : holds.test(Values.text(candidates));
    }

    private static String stripStart(String text, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return text.stripLeading();
        }
        int at = 0;
        while (at < text.length() && string(arguments, 0).indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(at);
    }

    private static String stripEnd(String text, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return text.stripTrailing();
        }
        int at = text.length();
        while (at > 0 && string(arguments, 0).indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return text.substring(0, at);
    }

    private static List<Object> split(String text, List<Object> arguments) {
        int limit = limit(arguments);
        if (arguments.isEmpty() || arguments.getFirst() == Nothing.NONE) {
            var stripped = text.strip();
            return stripped.isEmpty()
                    ? List.of()
                    : new ArrayList<>(List.of(stripped.split("\\s+", limit + 1)));
        }
        return new ArrayList<>(
                List.of(
                        text.split(
                                Pattern.quote(string(arguments, 0)), limit < 0 ? -1 : limit + 1)));
    }

    private static List<Object> splitFromEnd(String text, List<Object> arguments) {
        var parts = split(text, arguments.isEmpty() ? arguments : arguments.subList(0, 1));
        int limit = limit(arguments);
        if (limit < 0 || parts.size() <= limit + 1) {
            return parts;
        }
        int rest = parts.size() - limit;
        var first =
                parts.subList(0, rest).stream()
                        .map(Values::text)
                        .collect(Collectors.joining(string(arguments, 0)));
        var result = new ArrayList<Object>(List.of(first));
        result.addAll(parts.subList(rest, parts.size()));
        return result;
    }

    private static int limit(List<Object> arguments) {
        return arguments.size() > 1 ? Values.integer(arguments.get(1)) : UNLIMITED;
    }

    private TextMethods() {}
}
