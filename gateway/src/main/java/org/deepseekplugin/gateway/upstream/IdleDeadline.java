package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Vertx;
import java.time.Duration;

/// Fires when nothing moved for a time. One timer for all touches, looked at when it rings: a touch
/// costs one field. Lives on one event loop.
public final class IdleDeadline {
    private final Vertx vertx;
    private final Duration idle;
    private final Runnable expired;
    private long timer;
    private boolean moved;
    private boolean suspended;

    public IdleDeadline(Vertx vertx, Duration idle, Runnable expired) {
        this.vertx = vertx;
        this.idle = idle;
        this.expired = expired;
        arm();
    }

    public void touch() {
        moved = true;
    }

    /// While it is our side that waits, silence is no fault.
    public void suspended(boolean suspended) {
        this.suspended = suspended;
        moved = true;
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    private void arm() {
        timer = vertx.setTimer(idle.toMillis(), ring -> look());
    }

    /// So silence is noticed after one to two times `idle`.
    private void look() {
        if (moved || suspended) {
            moved = false;
            arm();
        } else {
            expired.run();
        }
    }
}
