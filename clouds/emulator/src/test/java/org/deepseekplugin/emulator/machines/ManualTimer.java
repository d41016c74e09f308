package org.deepseekplugin.emulator.machines;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Runs what is due when it is told to.
final class ManualTimer implements Timer {
    private final ManualClock clock;
    private final List<Due> waiting = new ArrayList<>();

    private record Due(Instant at, Runnable work) {}

    ManualTimer(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable work) {
        waiting.add(new Due(clock.instant().plus(delay), work));
    }

    void pass(Duration time) {
        clock.advance(time);
        var due = waiting.stream().filter(one -> !one.at().isAfter(clock.instant())).toList();
        waiting.removeAll(due);
        due.forEach(one -> one.work().run());
    }
}
