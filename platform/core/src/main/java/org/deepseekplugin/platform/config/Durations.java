package org.deepseekplugin.platform.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Times as people write them: `300s`, `30m`, `24h`, `7d`, `500ms`; ISO-8601 (`PT5M`), too.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    /// @throws IllegalArgumentException naming the text and the forms that are understood
    public static Duration parse(String text) {
        var match = FORM.matcher(text.strip());
        if (match.matches()) {
            return of(Long.parseLong(match.group(1)), match.group(2));
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time; write it like 300s, 30m, 24h or 7d", e);
        }
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private Durations() {}
}
