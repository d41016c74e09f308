package org.deepseekplugin.platform.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Statements within one transaction. Parameters are `?` in order; `Instant` is stored as
/// milliseconds, an enum by its name, `Optional` as its value or null.
public interface Transaction {

    /// @return rows changed
    int execute(String sql, @Nullable Object... parameters);

    <T> List<T> list(String sql, Function<Row, T> row, @Nullable Object... parameters);

    default <T> Optional<T> first(
            String sql, Function<Row, T> row, @Nullable Object... parameters) {
        return list(sql, row, parameters).stream().findFirst();
    }
}
