package org.deepseekplugin.cli.output;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// A value of an answer, as short as a table wants it.
public final class Cell {
    private static final String NOTHING = "-";

    /// The text at a field, or `-`.
    public static String text(JsonNode object, String field) {
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
        var text = text(object, field);
        return text.equals(NOTHING) ? NOTHING : span(Duration.between(Instant.parse(text), now));
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

    private Cell() {}
}
