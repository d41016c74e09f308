package org.deepseekplugin.platform.config;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/// An amount of memory or disk. Written `40GiB`, `512MiB`, `20MB` or as a plain number of bytes.
public record Bytes(long count) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");

    private enum Unit {
        B(1),
        KB(1_000),
        MB(1_000_000),
        GB(1_000_000_000),
        TB(1_000_000_000_000L),
        KiB(1L << 10),
        MiB(1L << 20),
        GiB(1L << 30),
        TiB(1L << 40);

        private final long bytes;

        Unit(long bytes) {
            this.bytes = bytes;
        }
    }

    public Bytes {
        if (count < 0) {
            throw new IllegalArgumentException(count + " bytes: an amount must not be negative");
        }
    }

    /// @throws IllegalArgumentException naming the text and the forms that are understood
    public static Bytes parse(String text) {
        var match = FORM.matcher(text.strip());
        if (match.matches()) {
            var name = match.group(2).isEmpty() ? "B" : match.group(2);
            for (var unit : Unit.values()) {
                if (unit.name().equalsIgnoreCase(name)) {
                    return new Bytes(
                            Math.multiplyExact(Long.parseLong(match.group(1)), unit.bytes));
                }
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is not an amount of bytes; write it like 40GiB (units: %s)"
                        .formatted(
                                text,
                                Arrays.stream(Unit.values())
                                        .map(Unit::name)
                                        .collect(joining(", "))));
    }

    /// In the largest binary unit that divides it.
    @Override
    public String toString() {
        for (var unit : new Unit[] {Unit.TiB, Unit.GiB, Unit.MiB, Unit.KiB}) {
            if (count >= unit.bytes && count % unit.bytes == 0) {
                return count / unit.bytes + unit.name();
            }
        }
        return count + "B";
    }
}
