package org.deepseekplugin.platform.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
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
        Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source())
                .locations("classpath:db/migration/sqlite")
                .load()
                .migrate();
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
