package org.deepseekplugin.emulator.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A piece of a listing and where the next begins. The token names the last thing shown, so a
/// listing stays sound while things come (at its end) and go.
///
/// @param next empty at the end
public record Page<T>(List<T> items, Optional<String> next) {

    private record Keyed<T>(String key, T item) {}

    /// @param key unique; the listing is in its order
    public static <T> Page<T> of(
            List<T> unsorted, Function<T, String> key, Params params, int least, int most) {
        var all =
                unsorted.stream()
                        .map(one -> new Keyed<>(key.apply(one), one))
                        .sorted(Comparator.comparing(Keyed::key))
                        .toList();
        int size = params.number("MaxResults").orElse(most);
        if (size < least || size > most) {
            throw AwsError.invalidValue(
                    "Value ( %d ) for parameter maxResults is invalid. Expecting a value between %d and %d."
                            .formatted(size, least, most));
        }
        int start = params.text("NextToken").map(token -> after(all, token)).orElse(0);
        int end = Math.min(all.size(), start + size);
        var shown = all.subList(start, end);
        var next =
                end < all.size()
                        ? Optional.of(token(shown.getLast().key()))
                        : Optional.<String>empty();
        return new Page<>(shown.stream().map(Keyed::item).toList(), next);
    }

    private static <T> int after(List<Keyed<T>> all, String token) {
        var last = read(token);
        int i = 0;
        while (i < all.size() && all.get(i).key().compareTo(last) <= 0) {
            i++;
        }
        return i;
    }

    private static String token(String last) {
        return Base64.getUrlEncoder()
                .encodeToString(("after " + last).getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("after ")) {
                return text.substring("after ".length());
            }
            throw new IllegalArgumentException("not one of ours");
        } catch (IllegalArgumentException e) {
            throw AwsError.invalidValue("Unable to parse pagination token: " + e.getMessage());
        }
    }
}
