package org.deepseekplugin.platform.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// How connections to SQLite are made.
record SqliteFile(String url, boolean memory) {

    static SqliteFile inMemory(String name) {
        return new SqliteFile("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared", true);
    }

    JdbcTransaction connect() {
        try {
            return new JdbcTransaction(source().getConnection());
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    void migrate() {
        var flyway =
                Flyway.configure(SqliteFile.class.getClassLoader())
                        .dataSource(source())
                        .locations("classpath:db/migration/sqlite")
                        .load();
        refuseNewer(flyway.info());
        flyway.migrate();
    }

    /// Flyway itself would go on; but what a newer version wrote may mean something else.
    private static void refuseNewer(MigrationInfoService info) {
        for (var applied : info.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new IllegalStateException(
                        "it was written by a newer version of this program (schema %s); use that version or newer"
                                .formatted(applied.getVersion()));
            }
        }
    }

    private SQLiteDataSource source() {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) TimeUnit.SECONDS.toMillis(10));
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        if (!memory) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            // an intent must outlive a power cut, so commits wait for the disk
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }
}
