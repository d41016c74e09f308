package org.deepseekplugin.emulator.aws.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// EC2's filters: every filter must be met, by any of its values; `*` and `?` are wildcards.
public final class Filters {
    private static final String TAG = "tag:";

    /// @param attributes what a thing has, by the name of the filter
    /// @throws AwsError for a filter that is not among them
    public static <T> Predicate<T> of(
            Params params, Map<String, Function<T, List<String>>> attributes) {
        return of(params, attributes, thing -> Map.of());
    }

    /// @param tags for `tag:<name>`
    public static <T> Predicate<T> of(
            Params params,
            Map<String, Function<T, List<String>>> attributes,
            Function<T, Map<String, String>> tags) {
        var all = new ArrayList<Predicate<T>>();
        for (var element : params.elements("Filter")) {
            var name = params.required(element + ".Name");
            var values = params.list(element + ".Value");
            var attribute = name.startsWith(TAG) ? tag(name, tags) : attributes.get(name);
            if (attribute == null) {
                throw AwsError.invalidValue("The filter '" + name + "' is invalid");
            }
            if (values.isEmpty()) {
                throw AwsError.invalidValue("The filter '" + name + "' has no value.");
            }
            all.add(thing -> meets(attribute.apply(thing), values));
        }
        return thing -> all.stream().allMatch(one -> one.test(thing));
    }

    private static <T> Function<T, List<String>> tag(
            String filter, Function<T, Map<String, String>> tags) {
        var name = filter.substring(TAG.length());
        return thing -> {
            var value = tags.apply(thing).get(name);
            return value == null ? List.of() : List.of(value);
        };
    }

    private static boolean meets(List<String> actual, List<String> values) {
        return actual.stream()
                .anyMatch(text -> values.stream().anyMatch(value -> matches(value, text)));
    }

    /// Steps back to the last `*` only, so that no pattern takes longer than its length times the
    /// text's.
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (p < pattern.length() && wanted == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    private Filters() {}
}
