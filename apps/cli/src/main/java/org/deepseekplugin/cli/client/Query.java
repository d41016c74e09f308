package org.deepseekplugin.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query of an address, and names in its path.
public final class Query {

    /// `?a=1&b=2` of those that have a value; empty when none has.
    public static String of(Map<String, @Nullable String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                        .collect(joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /// `?name=value`.
    public static String of(String name, String value) {
        return "?" + name + "=" + encode(value);
    }

    /// A name that a person typed, as one segment of a path.
    public static String segment(String name) {
        return encode(name).replace("+", "%20");
    }

    private static String encode(@Nullable String text) {
        return URLEncoder.encode(String.valueOf(text), UTF_8);
    }

    private Query() {}
}
