package org.deepseekplugin.emulator.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// EC2's filters: every filter must be met, by any of its values; `*` and `?` are wildcards.
record Filters(List<One> all) {

    record One(String name, List<Pattern> values) {
        boolean meets(List<String> actual) {
            return actual.stream()
                    .anyMatch(text -> values.stream().anyMatch(p -> p.matcher(text).matches()));
        }
    }

    static Filters of(Params params) {
        var all = new ArrayList<One>();
        for (var element : params.elements("Filter")) {
            var values = params.list(element + ".Value");
            if (values.isEmpty()) {
                throw AwsError.invalidValue(
                        "The filter '%s' has no value."
                                .formatted(params.required(element + ".Name")));
            }
            all.add(
                    new One(
                            params.required(element + ".Name"),
                            values.stream().map(Filters::pattern).toList()));
        }
        return new Filters(all);
    }

    /// @param attribute what a thing has under a filter's name; throws [#unknown] for others
    boolean accept(Function<String, List<String>> attribute) {
        return all.stream().allMatch(one -> one.meets(attribute.apply(one.name())));
    }

    static AwsError unknown(String name) {
        return AwsError.invalidValue("The filter '" + name + "' is invalid");
    }

    private static Pattern pattern(String value) {
        var regex = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
