package org.deepseekplugin.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// A command line, read by hand: a parser by annotations takes a fifth of a second of processor
/// time, as long as the weights of a small model.
record Arguments(Map<Option, String> given) {

    /// @throws PlatformException `invalid_config` with all that is wrong, a line each
    static Arguments parse(String... words) {
        var given = new EnumMap<Option, String>(Option.class);
        var problems = new ArrayList<String>();
        for (int at = 0; at < words.length; at++) {
            var option = Option.named(words[at]);
            if (option.isEmpty()) {
                problems.add(unknown(words[at]));
            } else if (option.get().isFlag()) {
                given.put(option.get(), "");
            } else if (++at == words.length) {
                problems.add(words[at - 1] + " has no value.");
            } else if (given.put(option.get(), words[at]) != null) {
                problems.add(words[at - 1] + " is given twice.");
            }
        }
        problems.addAll(missing(given));
        if (!problems.isEmpty()) {
            throw new PlatformException(ErrorCode.INVALID_CONFIG, String.join("\n", problems));
        }
        return new Arguments(given);
    }

    String text(Option option) {
        return given.getOrDefault(option, option.otherwise());
    }

    Optional<String> optional(Option option) {
        return Optional.ofNullable(given.get(option));
    }

    Path path(Option option) {
        return Path.of(text(option));
    }

    int whole(Option option) {
        return read(option, text(option), Integer::valueOf, "a whole number");
    }

    Optional<Double> number(Option option) {
        return optional(option).map(text -> read(option, text, Double::valueOf, "a number"));
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    private static <T> T read(
            Option option, String text, Function<String, T> reader, String expected) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "%s is \"%s\"; it must be %s.".formatted(option.sign(), text, expected),
                    e);
        }
    }

    private static String unknown(String word) {
        return "\"" + word + "\" is no option." + Nearest.hint(word, Option.signs());
    }

    private static List<String> missing(Map<Option, String> given) {
        return Arrays.stream(Option.values())
                .filter(option -> option.isRequired() && !given.containsKey(option))
                .map(option -> option.sign() + " is missing.")
                .toList();
    }
}
