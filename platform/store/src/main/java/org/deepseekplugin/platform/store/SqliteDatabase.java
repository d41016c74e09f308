package org.deepseekplugin.platform.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One SQLite file in WAL mode: one writer thread, few reader threads, every commit synced to the
/// disk.
public final class SqliteDatabase implements Database {
    private static final int READERS = 3;

    private final HikariDataSource readPool;
    private final Jdbi reads;
    private final Handle writes;
    private final ExecutorService writer = threads(1, "store-writer");
    private final ExecutorService readers = threads(READERS, "store-reader");

    private SqliteDatabase(String url, boolean memory) {
        var source = source(url, memory);
        writes = Jdbi.open(source);
        migrate(source);
        readPool = readPool(source);
        reads = Jdbi.create(readPool);
    }

    /// Opens or makes the file and brings it to the newest schema.
    ///
    /// @throws PlatformException naming the file when it cannot be opened or was written by a newer
    ///   version
    public static SqliteDatabase open(Path file) {
        try {
            return new SqliteDatabase("jdbc:sqlite:" + file, false);
        } catch (RuntimeException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot open the store "
                            + file
                            + ": "
                            + rootMessage(e)
                            + ". Check that the folder is writable and the disk has space, or choose another --data-dir.",
                    e);
        }
    }

    /// A store that lives as long as this object; for tests and simulations.
    ///
    /// @param name two open stores with different names share nothing
    public static SqliteDatabase inMemory(String name) {
        return new SqliteDatabase("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared", true);
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return await(
                writer,
                () -> writes.inTransaction(handle -> work.apply(new JdbiTransaction(handle))));
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return await(
                readers,
                () -> reads.inTransaction(handle -> work.apply(new JdbiTransaction(handle))));
    }

    /// Ends what runs, then closes the file. Call it once.
    @Override
    public void close() {
        writer.close();
        readers.close();
        writes.close();
        readPool.close();
    }

    private static <T> T await(ExecutorService threads, Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN, "Interrupted while waiting for the store.", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    /// What the work itself threw passes as it is; only the store's own trouble is translated.
    private static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case JdbiException store ->
                    new PlatformException(
                            ErrorCode.INTERNAL, "The store failed: " + rootMessage(store), store);
            case RuntimeException unchecked -> unchecked;
            case Error fatal -> throw fatal;
            default -> new IllegalStateException(cause);
        };
    }

    private static DataSource source(String url, boolean memory) {
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

    private static void migrate(DataSource source) {
        Flyway.configure(SqliteDatabase.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration/sqlite")
                .load()
                .migrate();
    }

    private static HikariDataSource readPool(DataSource source) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setPoolName("store");
        return new HikariDataSource(config);
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name(name).daemon().factory());
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
    }
}
