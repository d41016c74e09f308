package org.deepseekplugin.engine.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.deepseekplugin.platform.errors.Nearest;
import org.jspecify.annotations.Nullable;

/// Reads a request's fields by type and range, and remembers which were read: what nobody reads is
/// refused, not ignored. `null` means absent, as at OpenAI.
final class Fields {
    private final String at;
    private final Map<String, Object> fields;
    private final Set<String> read = new HashSet<>();

    Fields(Map<String, Object> fields) {
        this("", fields);
    }

    /// @param at where they stand, such as `messages[0].`
    Fields(String at, Map<String, Object> fields) {
        this.at = at;
        this.fields = fields;
    }

    @Nullable Object any(String name) {
        read.add(name);
        return fields.get(name);
    }

    double number(String name, double min, double max, double absent) {
        var value = any(name);
        if (value == null) {
            return absent;
        }
        if (!(value instanceof Number number)
                || !(number.doubleValue() >= min && number.doubleValue() <= max)) {
            throw wrong(
                    at + name, value, "a number from %s to %s".formatted(plain(min), plain(max)));
        }
        return number.doubleValue();
    }

    int integer(String name, int min, int max, int absent) {
        var value = integer(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (value.getAsLong() < min || value.getAsLong() > max) {
            throw wrong(
                    at + name,
                    value.getAsLong(),
                    "a whole number from %d to %d".formatted(min, max));
        }
        return (int) value.getAsLong();
    }

    OptionalLong integer(String name) {
        var value = any(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!(value instanceof Integer) && !(value instanceof Long)) {
            throw wrong(at + name, value, "a whole number");
        }
        return OptionalLong.of(((Number) value).longValue());
    }

    boolean flag(String name) {
        var value = any(name);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(at + name, value, "true or false");
        }
        return value != null && (Boolean) value;
    }

    Optional<Map<String, Object>> object(String name) {
        var value = any(name);
        return value == null ? Optional.empty() : Optional.of(asObject(at + name, value));
    }

    /// Text, or a list of texts.
    List<String> texts(String name) {
        return switch (any(name)) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> list -> {
                var texts = new ArrayList<String>();
                for (var each : list) {
                    if (!(each instanceof String text)) {
                        throw wrong(at + name, list, "text or a list of texts");
                    }
                    texts.add(text);
                }
                yield texts;
            }
            case Object value -> throw wrong(at + name, value, "text or a list of texts");
        };
    }

    /// Refuses the field unless it has a value that asks for nothing.
    void refuse(String name, String remedy, Object... harmless) {
        var value = any(name);
        if (value != null && !List.of(harmless).contains(value)) {
            throw BadParameter.notCapable(
                    at + name,
                    "`%s` is not available with this model. %s".formatted(at + name, remedy));
        }
    }

    /// Fields that change nothing about the text.
    void ignore(String... names) {
        read.addAll(List.of(names));
    }

    void refuseUnread() {
        for (var name : fields.keySet()) {
            if (!read.contains(name)) {
                throw BadParameter.invalid(
                        at + name,
                        "`%s` is not a parameter of this request.%s"
                                .formatted(at + name, Nearest.hint(name, read)));
            }
        }
    }

    static String text(String name, @Nullable Object value) {
        if (value == null) {
            throw BadParameter.invalid(name, "`" + name + "` is missing; it must be text.");
        }
        if (!(value instanceof String text)) {
            throw wrong(name, value, "text");
        }
        return text;
    }

    static Map<String, Object> asObject(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(name, value, "an object");
        }
        var object = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> object.put((String) key, each));
        return object;
    }

    static BadParameter wrong(String name, Object value, String wanted) {
        return BadParameter.invalid(
                name, "`%s` is %s; it must be %s.".formatted(name, shown(value), wanted));
    }

    private static String shown(Object value) {
        var text = value instanceof String ? "\"" + value + "\"" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "…";
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
