package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a number of lives went through.
final class CrashTally {
    private final Map<CrashPoint.Moment, Integer> crashes = new EnumMap<>(CrashPoint.Moment.class);
    private final Set<CrashPoint> passed = new HashSet<>();
    private final Map<CrashPoint, Integer> crashedAt = new HashMap<>();
    private int lives;
    private int lostCalls;

    void add(CrashPlan plan, Client client) {
        lives++;
        lostCalls += client.lostCalls();
        passed.addAll(plan.passed());
        for (var point : plan.crashes()) {
            crashes.merge(point.moment(), 1, Integer::sum);
            crashedAt.merge(point, 1, Integer::sum);
        }
    }

    void add(CrashTally other) {
        lives += other.lives;
        lostCalls += other.lostCalls;
        passed.addAll(other.passed);
        other.crashes.forEach((moment, count) -> crashes.merge(moment, count, Integer::sum));
        other.crashedAt.forEach((point, count) -> crashedAt.merge(point, count, Integer::sum));
    }

    /// Points that the process went by and never died at.
    Set<String> spared() {
        var names = new TreeSet<String>();
        passed.stream()
                .filter(point -> !crashedAt.containsKey(point))
                .forEach(point -> names.add(point.name()));
        return names;
    }

    boolean diedAt(CrashPoint.Moment moment) {
        return crashes.containsKey(moment);
    }

    int lostCalls() {
        return lostCalls;
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
