package org.deepseekplugin.orchestrator.simulation;

import java.util.Random;

/// Decides at which boundaries the process dies: at one certain boundary, or at any with a small
/// chance. The seeds together cover every boundary of a run.
final class CrashPlan {
    private static final int BOUNDARIES = 400;
    private static final int MOST = 8;

    private final Random random;
    private final int certain;
    private final double chance;
    private boolean over;
    private int passed;
    private int crashes;

    CrashPlan(long seed, Random random) {
        this.random = random;
        boolean one = seed % 2 == 0;
        this.certain = one ? (int) (seed / 2 % BOUNDARIES) : -1;
        this.chance = one ? 0 : 0.01 + 0.05 * random.nextDouble();
    }

    void boundary(String where) {
        if (over) {
            return;
        }
        passed++;
        if (passed == certain || crashes < MOST && random.nextDouble() < chance) {
            crashes++;
            throw new Crash(where);
        }
    }

    void end() {
        over = true;
    }

    int crashes() {
        return crashes;
    }
}
