package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.deepseekplugin.platform.store.SimulationDatabase;

/// Runs many simulations on two threads. A life depends on its seed only, so it is the same beside
/// any others.
///
/// @param failures of each life that did not end well: its seed and what is wrong
record Lives(CrashTally tally, List<String> failures) {
    private static final int THREADS = 2;

    static Lives run(long first, long end, Tokens tokens) {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var shares =
                    LongStream.range(0, THREADS)
                            .mapToObj(i -> threads.submit(() -> share(first + i, end, tokens)))
                            .toList();
            var all = new Lives(new CrashTally(), new ArrayList<>());
            for (var share : shares) {
                all.tally.add(share.get().tally());
                all.failures.addAll(share.get().failures());
            }
            return all;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Lives share(long first, long end, Tokens tokens) {
        var lives = new Lives(new CrashTally(), new ArrayList<>());
        try (var store = new SimulationDatabase("lives-" + first)) {
            for (long seed = first; seed < end; seed += THREADS) {
                lives.live(new Simulation(store, seed, tokens), seed);
            }
        }
        return lives;
    }

    private void live(Simulation simulation, long seed) {
        try {
            var complaints = simulation.run();
            if (!complaints.isEmpty()) {
                failures.add("seed " + seed + ": " + String.join("; ", complaints));
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed + " failed", e);
        }
        simulation.count(tally);
    }
}
