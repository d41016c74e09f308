package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a number of lives went through.
final class CrashTally {
    private final Map<CrashPoint.Moment, Integer> crashes = new EnumMap<>(CrashPoint.Moment.class);

    /// In how many lives.
    private final Map<CrashPoint, Integer> passed = new HashMap<>();

    private final Map<CrashPoint, Integer> crashedAt = new HashMap<>();
    private int lives;
    private int lostCalls;

    void add(CrashPlan plan, Client client) {
        lives++;
        lostCalls += client.lostCalls();
        plan.passed().forEach(point -> passed.merge(point, 1, Integer::sum));
        for (var point : plan.crashes()) {
            crashes.merge(point.moment(), 1, Integer::sum);
            crashedAt.merge(point, 1, Integer::sum);
        }
    }

    void add(CrashTally other) {
        lives += other.lives;
        lostCalls += other.lostCalls;
        other.passed.forEach((point, count) -> passed.merge(point, count, Integer::sum));
        other.crashes.forEach((moment, count) -> crashes.merge(moment, count, Integer::sum));
        other.crashedAt.forEach((point, count) -> crashedAt.merge(point, count, Integer::sum));
    }

    /// Places that many lives came by and none ended at. (Of what happens in few lives only, each
    /// change of the program draws other lots.)
    Set<String> spared(int many) {
        var names = new TreeSet<String>();
        passed.forEach((point, count) -> {
            if (count >= many && !crashedAt.containsKey(point)) {
                names.add(point.name() + " of " + count + " lives");
            }
        });
        return names;
    }

    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        int all = crashes.values().stream().mapToInt(i -> i).sum();
        lines.add(
                "%d lives: %d crashes at %d of %d places, %d client calls lost or repeated"
                        .formatted(lives, all, crashedAt.size(), passed.size(), lostCalls));
        crashes.forEach((moment, count) -> lines.add("  %s %d".formatted(moment, count)));
        return String.join("\n", lines);
    }
}
