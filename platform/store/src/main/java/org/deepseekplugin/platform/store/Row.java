package org.deepseekplugin.platform.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of a result, by column name.
public final class Row {
    private final Map<String, @Nullable Object> columns;

    Row(Map<String, @Nullable Object> columns) {
        this.columns = columns;
    }

    public String text(String column) {
        return requireNonNull(columns.get(column), column).toString();
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(columns.get(column)).map(Object::toString);
    }

    public long number(String column) {
        return ((Number) requireNonNull(columns.get(column), column)).longValue();
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public Instant instant(String column) {
        return Instant.ofEpochMilli(number(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return Optional.ofNullable(columns.get(column))
                .map(value -> Instant.ofEpochMilli(((Number) value).longValue()));
    }

    public <E extends Enum<E>> E constant(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }
}
