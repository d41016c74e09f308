package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Decides where the process dies. One life in three dies at a single place, drawn evenly from as
/// many as a life has; one anywhere with a small chance; one at places that it comes by for the
/// first time, so that rare ones get their share.
final class CrashPlan {
    private static final int LONG_LIFE = 350;
    private static final int MOST = 8;
    private static final double AT_NEW_PLACES = 0.1;

    private final Random random;
    private final int certain;
    private final double anywhere;
    private final double atNewPlaces;
    private final Set<CrashPoint> passed = new HashSet<>();
    private final List<CrashPoint> crashes = new ArrayList<>();
    private boolean over;
    private int count;

    CrashPlan(long seed, Random random) {
        int kind = (int) Math.floorMod(seed, 3L);
        this.random = random;
        this.certain = kind == 0 ? 1 + random.nextInt(LONG_LIFE) : -1;
        this.anywhere = kind == 1 ? 0.01 + 0.05 * random.nextDouble() : 0;
        this.atNewPlaces = kind == 2 ? AT_NEW_PLACES : 0;
    }

    void pass(CrashPoint point) {
        if (over) {
            return;
        }
        count++;
        double chance = anywhere + (passed.add(point) ? atNewPlaces : 0);
        if (count == certain || crashes.size() < MOST && random.nextDouble() < chance) {
            crashes.add(point);
            throw new Crash(point.name());
        }
    }

    void end() {
        over = true;
    }

    Set<CrashPoint> passed() {
        return passed;
    }

    List<CrashPoint> crashes() {
        return crashes;
    }
}
