package org.deepseekplugin.platform.store;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// One SQLite file in WAL mode: one writer thread, few reader threads, every commit synced to the
/// disk.
public final class SqliteDatabase implements Database {
    private static final int READERS = 3;

    private final JdbcTransaction writing;
    private final BlockingQueue<JdbcTransaction> reading = new LinkedBlockingQueue<>();
    private final ExecutorService writer = threads(1, "store-writer");
    private final ExecutorService readers;

    private SqliteDatabase(SqliteFile file) {
        writing = file.connect();
        file.migrate();
        // connections that share memory lock each other's tables out, so there is one
        readers = file.memory() ? writer : threads(READERS, "store-reader");
        for (int i = 0; i < READERS; i++) {
            reading.add(file.memory() ? writing : file.connect());
        }
    }

    /// Opens or makes the file and brings it to the newest schema.
    ///
    /// @throws PlatformException naming the file when it cannot be opened or was written by a newer
    ///   version
    public static SqliteDatabase open(Path file) {
        try {
            return new SqliteDatabase(new SqliteFile("jdbc:sqlite:" + file, false));
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
        return new SqliteDatabase(SqliteFile.inMemory(name));
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return await(writer, () -> writing.run(work));
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return await(
                readers,
                () -> {
                    var connection = reading.take();
                    try {
                        return connection.run(work);
                    } finally {
                        reading.add(connection);
                    }
                });
    }

    /// Ends what runs, then closes the file. Call it once.
    @Override
    public void close() {
        writer.close();
        readers.close();
        reading.forEach(JdbcTransaction::close);
        writing.close();
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
    static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case StoreFailure store ->
                    new PlatformException(
                            ErrorCode.INTERNAL, "The store failed: " + rootMessage(store), store);
            case RuntimeException unchecked -> unchecked;
            case Error fatal -> throw fatal;
            default -> new IllegalStateException(cause);
        };
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name(name).daemon().factory());
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
    }
}
