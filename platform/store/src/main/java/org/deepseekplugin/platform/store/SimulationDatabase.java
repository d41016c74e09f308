package org.deepseekplugin.platform.store;

import java.util.function.Function;

/// A store in memory whose work runs on the calling thread, so that a deterministic simulation of
/// many thousand lives has no other thread to wait for. The same SQL, schema and SQLite as
/// [SqliteDatabase]. For one thread.
public final class SimulationDatabase implements Database {
    private final JdbcTransaction connection;

    /// @param name two open stores with different names share nothing
    public SimulationDatabase(String name) {
        var file = SqliteFile.inMemory(name);
        connection = file.connect();
        file.migrate();
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        try {
            return connection.run(work);
        } catch (StoreFailure e) {
            throw SqliteDatabase.rethrown(e);
        }
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        // nobody writes beside it, so it needs no snapshot
        try {
            return connection.peek(work);
        } catch (StoreFailure e) {
            throw SqliteDatabase.rethrown(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
