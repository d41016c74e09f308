package org.deepseekplugin.orchestrator.simulation;

import java.util.function.Function;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// The real store, in a process that may die right before or right after each commit.
record CrashingDatabase(Database store, CrashPlan plan) implements Database {

    @Override
    public <T> T write(Function<Transaction, T> work) {
        var result =
                store.write(transaction -> {
                    var value = work.apply(transaction);
                    plan.boundary("before a commit");
                    return value;
                });
        plan.boundary("after a commit");
        return result;
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return store.read(work);
    }

    /// The store outlives the process.
    @Override
    public void close() {}
}
