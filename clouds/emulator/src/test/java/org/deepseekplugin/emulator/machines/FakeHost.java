package org.deepseekplugin.emulator.machines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.deepseekplugin.emulator.offers.MachineType;

/// Knows which machines run. Halting takes until the test says so, if it wants to.
final class FakeHost implements MachineHost {
    final Map<String, Runnable> running = new HashMap<>();
    final List<String> forgotten = new ArrayList<>();
    final List<CompletableFuture<Void>> halting = new ArrayList<>();
    boolean slow;

    @Override
    public void boot(Machine machine, MachineType type, Runnable failed) {
        running.put(machine.id(), failed);
    }

    @Override
    public CompletionStage<Void> halt(String id, Duration grace) {
        running.remove(id);
        var done = new CompletableFuture<Void>();
        halting.add(done);
        if (!slow) {
            done.complete(null);
        }
        return done;
    }

    @Override
    public void forget(String id) {
        forgotten.add(id);
    }
}
