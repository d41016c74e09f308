package org.deepseekplugin.platform.config;

import java.util.regex.Pattern;

/// A share of a whole. Written `85%`, or as a fraction such as `0.85`.
///
/// @param fraction 0 to 1
public record Percent(double fraction) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)\\s*%");
    private static final Pattern FRACTION = Pattern.compile("0(?:\\.\\d+)?|1(?:\\.0+)?");

    public Percent {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "%s%% is not a share; it must be 0%% to 100%%"
                            .formatted(number(fraction * 100)));
        }
    }

    /// @throws IllegalArgumentException naming the text and the forms that are understood
    public static Percent parse(String text) {
        var stripped = text.strip();
        var percent = PERCENT.matcher(stripped);
        if (percent.matches()) {
            return new Percent(Double.parseDouble(percent.group(1)) / 100);
        }
        if (FRACTION.matcher(stripped).matches()) {
            return new Percent(Double.parseDouble(stripped));
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a share; write it like 85% or 0.85");
    }

    @Override
    public String toString() {
        return number(fraction * 100) + "%";
    }

    private static String number(double value) {
        var rounded = Math.round(value * 1e6) / 1e6;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }
}
