package org.deepseekplugin.platform.config;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.joining;

import java.lang.invoke.MethodType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.security.Secret;

/// The types that a single value can have.
final class Scalars {

    private record Form(String example, Function<String, Object> parse) {}

    private static final Map<Class<?>, Form> FORMS =
            Map.ofEntries(
                    Map.entry(String.class, new Form("text", text -> text)),
                    Map.entry(int.class, new Form("number", Scalars::integer)),
                    Map.entry(long.class, new Form("number", Scalars::number)),
                    Map.entry(boolean.class, new Form("true or false", Scalars::truth)),
                    Map.entry(Duration.class, new Form("time (`300s`)", Durations::parse)),
                    Map.entry(Percent.class, new Form("share (`85%`)", Percent::parse)),
                    Map.entry(Bytes.class, new Form("bytes (`40GiB`)", Bytes::parse)),
                    Map.entry(Path.class, new Form("path", Scalars::path)),
                    Map.entry(URI.class, new Form("URL", Scalars::url)),
                    Map.entry(Secret.class, new Form("secret text", Secret::new)));

    static boolean isScalar(Class<?> type) {
        return type.isEnum() || FORMS.containsKey(primitive(type));
    }

    /// @throws IllegalArgumentException naming the text and what would be right
    static Object parse(Class<?> type, String text) {
        var form = FORMS.get(primitive(type));
        try {
            return form == null ? constant(type, text) : form.parse().apply(text);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text + " is too large", e);
        }
    }

    /// What may be written, for the documentation.
    static String describe(Class<?> type) {
        var form = FORMS.get(primitive(type));
        return form == null ? names(type, " or ") : form.example();
    }

    /// What an `Optional` or a list holds is read like the bare type.
    private static Class<?> primitive(Class<?> type) {
        return MethodType.methodType(type).unwrap().returnType();
    }

    private static Object integer(String text) {
        return Math.toIntExact((Long) number(text));
    }

    private static Object number(String text) {
        if (!text.matches("-?\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a whole number; write digits only");
        }
        return Long.parseLong(text);
    }

    private static Object truth(String text) {
        return switch (text.toLowerCase(ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is neither true nor false");
        };
    }

    private static Object path(String text) {
        return text.equals("~") || text.startsWith("~/")
                ? Path.of(System.getProperty("user.home") + text.substring(1))
                : Path.of(text);
    }

    private static Object url(String text) {
        if (!text.matches("https?://[^\\s]+")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a URL; write it like https://host:8444");
        }
        return URI.create(text);
    }

    private static Object constant(Class<?> type, String text) {
        var wanted = text.strip().replace('_', '-').toLowerCase(ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> kebab(constant).equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"%s\" must be one of %s.%s"
                                        .formatted(
                                                text,
                                                names(type, ", "),
                                                Nearest.hint(
                                                        wanted,
                                                        Arrays.stream(type.getEnumConstants())
                                                                .map(Scalars::kebab)
                                                                .toList()))));
    }

    private static String names(Class<?> type, String separator) {
        return Arrays.stream(type.getEnumConstants())
                .map(Scalars::kebab)
                .collect(joining(separator));
    }

    private static String kebab(Object constant) {
        return ((Enum<?>) constant).name().replace('_', '-').toLowerCase(ROOT);
    }

    private Scalars() {}
}
