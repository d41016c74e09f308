package org.deepseekplugin.orchestrator.simulation;

import static org.deepseekplugin.orchestrator.simulation.CrashPoint.Moment.AFTER_COMMIT;
import static org.deepseekplugin.orchestrator.simulation.CrashPoint.Moment.BEFORE_COMMIT;

import java.util.function.Consumer;
import java.util.function.Function;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// The real store, in a process that may die right before or right after each commit. Other threads
/// may run between what was read and what is written, and before the writer goes on.
record CrashingDatabase(Database store, World world, CrashPlan plan) implements Database {

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return write(work, work);
    }

    @Override
    public void run(Consumer<Transaction> work) {
        write(
                transaction -> {
                    work.accept(transaction);
                    return true;
                },
                work);
    }

    private <T> T write(Function<Transaction, T> work, Object place) {
        world.preempt();
        var result =
                store.write(transaction -> {
                    var value = work.apply(transaction);
                    plan.pass(CrashPoint.commit(BEFORE_COMMIT, place));
                    return value;
                });
        plan.pass(CrashPoint.commit(AFTER_COMMIT, place));
        world.preempt();
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
