package org.deepseekplugin.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connection, used by one transaction after the other; it keeps its statements prepared.
final class JdbcTransaction implements Transaction, AutoCloseable {
    private static final int KEPT_STATEMENTS = 200;

    private final Connection connection;
    private final LinkedHashMap<String, Prepared> statements = new LinkedHashMap<>();

    JdbcTransaction(Connection connection) {
        this.connection = connection;
    }

    /// Commits when the work returns, rolls back when it throws.
    <T> T run(Function<Transaction, T> work) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
        boolean done = false;
        try {
            T result = work.apply(this);
            connection.commit();
            done = true;
            return result;
        } catch (SQLException e) {
            throw new StoreFailure(e);
        } finally {
            end(done);
        }
    }

    /// Reads outside a transaction.
    <T> T peek(Function<Transaction, T> work) {
        return work.apply(this);
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        try {
            return bound(sql, parameters).statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    @Override
    public <T> List<T> list(String sql, Function<Row, T> row, @Nullable Object... parameters) {
        try {
            return bound(sql, parameters).rows().stream().map(row).toList();
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    @Override
    public void close() {
        try {
            for (var statement : statements.values()) {
                statement.statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    private void end(boolean done) {
        try {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    private Prepared bound(String sql, @Nullable Object... parameters) throws SQLException {
        var prepared = prepared(sql);
        for (int i = 0; i < parameters.length; i++) {
            prepared.statement.setObject(i + 1, stored(parameters[i]));
        }
        return prepared;
    }

    private Prepared prepared(String sql) throws SQLException {
        var known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= KEPT_STATEMENTS) {
            statements.pollFirstEntry().getValue().statement.close();
        }
        var prepared = new Prepared(connection.prepareStatement(sql));
        statements.put(sql, prepared);
        return prepared;
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

    private static final class Prepared {
        final PreparedStatement statement;

        /// Of its results, once there was one.
        private List<String> columns = List.of();

        Prepared(PreparedStatement statement) {
            this.statement = statement;
        }

        List<Row> rows() throws SQLException {
            var rows = new ArrayList<Row>();
            try (var result = statement.executeQuery()) {
                if (columns.isEmpty()) {
                    columns = columns(result.getMetaData());
                }
                while (result.next()) {
                    var values = new HashMap<String, @Nullable Object>();
                    for (int i = 0; i < columns.size(); i++) {
                        values.put(columns.get(i), result.getObject(i + 1));
                    }
                    rows.add(new Row(values));
                }
            }
            return rows;
        }

        private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                columns.add(metadata.getColumnLabel(i));
            }
            return columns;
        }
    }
}
