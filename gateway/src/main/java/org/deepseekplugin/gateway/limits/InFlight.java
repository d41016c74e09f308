package org.deepseekplugin.gateway.limits;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The requests being answered, so that a gateway can stop without cutting any. Thread-safe.
public final class InFlight {
    private final Set<Runnable> requests = ConcurrentHashMap.newKeySet();
    private final Promise<Void> empty = Promise.promise();
    private volatile boolean draining;

    /// @param abort ends the request from outside; must find its own event loop
    /// @return false while draining: the request must be refused
    public boolean enter(Runnable abort) {
        requests.add(abort);
        if (draining) {
            leave(abort);
            return false;
        }
        return true;
    }

    public void leave(Runnable abort) {
        requests.remove(abort);
        if (draining && requests.isEmpty()) {
            empty.tryComplete();
        }
    }

    public int count() {
        return requests.size();
    }

    public boolean draining() {
        return draining;
    }

    /// Refuses what comes, waits for what is there, aborts what is left at the deadline.
    public Future<Void> drain(Vertx vertx, Duration deadline) {
        draining = true;
        if (requests.isEmpty()) {
            empty.tryComplete();
        }
        long timer =
                vertx.setTimer(
                        Math.max(1, deadline.toMillis()), late -> requests.forEach(Runnable::run));
        return empty.future().onComplete(done -> vertx.cancelTimer(timer));
    }
}
