package org.deepseekplugin.platform.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class JdbiTransaction implements Transaction {
    private final Handle handle;

    JdbiTransaction(Handle handle) {
        this.handle = handle;
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        try (var update = handle.createUpdate(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.bind(i, stored(parameters[i]));
            }
            return update.execute();
        }
    }

    @Override
    public <T> List<T> list(String sql, Function<Row, T> row, @Nullable Object... parameters) {
        try (var query = handle.createQuery(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.bind(i, stored(parameters[i]));
            }
            return query.map((result, context) -> row.apply(row(result))).list();
        }
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> optional -> stored(optional.orElse(null));
            case Instant instant -> instant.toEpochMilli();
            case Enum<?> constant -> constant.name();
            default -> value;
        };
    }

    private static Row row(ResultSet result) throws SQLException {
        var columns = new HashMap<String, @Nullable Object>();
        var names = result.getMetaData();
        for (int i = 1; i <= names.getColumnCount(); i++) {
            columns.put(names.getColumnLabel(i), result.getObject(i));
        }
        return new Row(columns);
    }
}
