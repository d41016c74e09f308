package org.deepseekplugin.orchestrator.simulation;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// Counts what a program costs its store: a statement and each of its rows are one.
public record CountingDatabase(Database store, AtomicLong cost) implements Database {

    public CountingDatabase(Database store) {
        this(store, new AtomicLong());
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return store.write(transaction -> work.apply(new Counting(transaction, cost)));
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return store.read(transaction -> work.apply(new Counting(transaction, cost)));
    }

    @Override
    public void close() {}

    private record Counting(Transaction transaction, AtomicLong cost) implements Transaction {
        @Override
        public int execute(String sql, Object... parameters) {
            cost.incrementAndGet();
            return transaction.execute(sql, parameters);
        }

        @Override
        public <T> List<T> list(String sql, Function<Row, T> row, Object... parameters) {
            var rows = transaction.list(sql, row, parameters);
            cost.addAndGet(1 + rows.size());
            return rows;
        }
    }
}
