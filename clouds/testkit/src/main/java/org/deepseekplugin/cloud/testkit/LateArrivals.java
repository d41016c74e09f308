package org.deepseekplugin.cloud.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Requests that are still on their way to the cloud. Guarded by its cloud.
final class LateArrivals {
    private record Late(Instant due, Runnable work) {}

    private final InstantSource clock;
    private final List<Late> onTheirWay = new ArrayList<>();

    LateArrivals(InstantSource clock) {
        this.clock = clock;
    }

    void postpone(Duration by, Runnable work) {
        onTheirWay.add(new Late(clock.instant().plus(by), work));
    }

    /// Does the work of those whose time has come.
    void arrive() {
        var now = clock.instant();
        var due = onTheirWay.stream().filter(request -> !request.due().isAfter(now)).toList();
        onTheirWay.removeAll(due);
        due.forEach(request -> request.work().run());
    }
}
