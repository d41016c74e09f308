package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Decides where the process dies: of two lives, one at a single place (drawn evenly from the first
/// [#LONG_LIFE], more than most lives have), the other anywhere with a small chance.
final class CrashPlan {
    private static final int LONG_LIFE = 400;
    private static final int MOST = 8;

    private final Random random;
    private final int certain;
    private final double chance;
    private final Set<CrashPoint> passed = new HashSet<>();
    private final List<CrashPoint> crashes = new ArrayList<>();
    private boolean over;
    private int count;

    CrashPlan(boolean one, Random random) {
        this.random = random;
        this.certain = one ? 1 + random.nextInt(LONG_LIFE) : -1;
        this.chance = one ? 0 : 0.01 + 0.05 * random.nextDouble();
    }

    void pass(CrashPoint point) {
        if (over) {
            return;
        }
        count++;
        passed.add(point);
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

    /// How many places the life had, passed repeatedly or not.
    int count() {
        return count;
    }
}
