package org.deepseekplugin.emulator.aws.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The parameters of a Query request: flat names such as `Filter.1.Value.2`.
public record Params(Map<String, String> values) {

    public Params {
        values = Map.copyOf(values);
    }

    /// @param form `a=1&b=2`, percent-encoded
    /// @throws AwsError if it is not
    public static Params decode(String form) {
        var values = new TreeMap<String, String>();
        for (var pair : form.split("&", -1)) {
            int mark = pair.indexOf('=');
            if (mark > 0) {
                values.put(plain(pair.substring(0, mark)), plain(pair.substring(mark + 1)));
            }
        }
        return new Params(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    public String required(String name) {
        return text(name)
                .orElseThrow(() ->
                        new AwsError(
                                "MissingParameter",
                                "The request must contain the parameter " + name));
    }

    public Optional<Integer> number(String name) {
        return text(name)
                .map(value -> {
                    try {
                        return Integer.valueOf(value);
                    } catch (NumberFormatException e) {
                        throw AwsError.invalidValue(
                                "Value (%s) for parameter %s is invalid. It must be a number."
                                        .formatted(value, name));
                    }
                });
    }

    public boolean flag(String name) {
        return text(name).map(Boolean::parseBoolean).orElse(false);
    }

    /// The values of `name.1`, `name.2`, … in order.
    public List<String> list(String name) {
        return elements(name).stream().flatMap(element -> text(element).stream()).toList();
    }

    /// The prefixes `name.1`, `name.2`, … that occur, in order.
    public List<String> elements(String name) {
        var numbers = new TreeSet<Integer>();
        for (var key : values.keySet()) {
            if (key.startsWith(name + ".")) {
                var rest = key.substring(name.length() + 1);
                int dot = rest.indexOf('.');
                var number = dot < 0 ? rest : rest.substring(0, dot);
                if (number.matches("[0-9]{1,6}")) {
                    numbers.add(Integer.valueOf(number));
                }
            }
        }
        var elements = new ArrayList<String>();
        numbers.forEach(number -> elements.add(name + "." + number));
        return elements;
    }

    /// `prefix.1.Key` and `prefix.1.Value`.
    public Map<String, String> tags(String prefix) {
        var tags = new TreeMap<String, String>();
        for (var element : elements(prefix)) {
            var key = required(element + ".Key");
            var value = text(element + ".Value").orElse("");
            checkTag(key, value);
            if (tags.put(key, value) != null) {
                throw AwsError.invalidValue("Duplicate tag key '" + key + "' specified.");
            }
        }
        checkNumberOfTags(tags);
        return tags;
    }

    public static void checkNumberOfTags(Map<String, String> tags) {
        if (tags.size() > 50) {
            throw new AwsError("TagLimitExceeded", "The maximum number of tags is 50.");
        }
    }

    private static void checkTag(String key, String value) {
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw AwsError.invalidValue(
                    "Tag keys starting with 'aws:' are reserved for internal use");
        }
        if (key.length() > 128 || value.length() > 256) {
            throw AwsError.invalidValue(
                    "Tag key exceeds the maximum length of 128 characters, or its value that of 256.");
        }
        if (!(key + value).chars().allMatch(c -> Xml.isLegal((char) c))) {
            throw AwsError.invalidValue("Tag '" + key + "' holds a character that is not allowed.");
        }
    }

    private static String plain(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsError("MalformedQueryString", "The query string contains a syntax error");
        }
    }
}
