package org.deepseekplugin.platform.store;

import java.util.function.Consumer;
import java.util.function.Function;

/// A transactional store. Methods block and may be called from any thread; the work runs on the
/// store's own threads, so a virtual thread never pins its carrier here. Work must not call the
/// database again.
public interface Database extends AutoCloseable {

    /// Runs the work in one transaction that is committed when it returns and rolled back when it
    /// throws. What it wrote is durable when this method returns.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException when the store fails (disk
    ///   full, file gone); nothing was written
    <T> T write(Function<Transaction, T> work);

    /// Runs the work on a consistent snapshot, beside writers.
    <T> T read(Function<Transaction, T> work);

    default void run(Consumer<Transaction> work) {
        write(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    @Override
    void close();
}
