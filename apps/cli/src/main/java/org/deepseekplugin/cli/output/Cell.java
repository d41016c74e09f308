package org.deepseekplugin.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import tools.jackson.databind.JsonNode;

/// A value of an answer, as short as a table wants it.
public final class Cell {
    private static final String NOTHING = "-";
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern ISO_DURATION = Pattern.compile("\\bPT(?=\\d)[\\dHMS.]+\\b");

    /// The text at a field that the contract promises.
    ///
    /// @throws PlatformException `internal` when it is not there: `-` would hide that the server
    ///   speaks another contract
    public static String text(JsonNode object, String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "The server's answer has no \"%s\": it may be of another version; `deepseek version` tells both."
                            .formatted(field));
        }
        return optional(object, field);
    }

    /// The text at a field that may be absent, null or empty: then `-`.
    public static String optional(JsonNode object, String field) {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        var text = value.isValueNode() ? value.asString() : value.toString();
        return text.isEmpty() ? NOTHING : text;
    }

    /// `32.77 USD`, with `~` before an estimate.
    public static String price(JsonNode object) {
        var price = object.path("hourly_price");
        if (!price.isObject()) {
            return NOTHING;
        }
        var estimated = object.path("price_estimated").asBoolean(false) ? "~" : "";
        return estimated + text(price, "amount") + " " + text(price, "currency");
    }

    /// `8 x A100`, or `-`.
    public static String accelerators(JsonNode offer) {
        var accelerators = offer.path("accelerators");
        return accelerators.isObject()
                ? text(accelerators, "count") + " x " + text(accelerators, "name")
                : NOTHING;
    }

    /// `40s`, `12m`, `3h`, `9d` since the time at a field.
    public static String age(JsonNode object, String field, Instant now) {
        var text = optional(object, field);
        return text.equals(NOTHING) ? NOTHING : span(Duration.between(Instant.parse(text), now));
    }

    /// A promised time on the reader's clock, to the second.
    public static String time(JsonNode object, String field) {
        return LOCAL.format(Instant.parse(text(object, field)).atZone(ZoneId.systemDefault()));
    }

    public static String span(Duration span) {
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return Math.max(0, span.toSeconds()) + "s";
        }
        if (span.compareTo(Duration.ofHours(2)) < 0) {
            return span.toMinutes() + "m";
        }
        return span.compareTo(Duration.ofDays(2)) < 0 ? span.toHours() + "h" : span.toDays() + "d";
    }

    /// A sentence whose durations are written for people: `15 s` instead of `PT15S`.
    public static String sentence(JsonNode object, String field) {
        return ISO_DURATION
                .matcher(text(object, field))
                .replaceAll(iso -> spelled(Duration.parse(iso.group())));
    }

    private static String spelled(Duration span) {
        if (span.toSeconds() < 1) {
            return span.toMillis() + " ms";
        }
        if (span.toSeconds() % 60 != 0) {
            return span.toSeconds() + " s";
        }
        return span.toMinutes() % 60 != 0 ? span.toMinutes() + " min" : span.toHours() + " h";
    }

    private Cell() {}
}
