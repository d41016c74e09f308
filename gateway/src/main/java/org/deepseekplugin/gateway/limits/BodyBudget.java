package org.deepseekplugin.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of request bodies may be held at once by all requests together: each alone may be
/// long, but all at once would not fit. Thread-safe.
public final class BodyBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    public BodyBudget(long limit) {
        this.limit = limit;
    }

    /// What one request holds. Lives on one event loop.
    public final class Share {
        private long bytes;

        /// @return false when there is no room; what was taken before stays taken
        public boolean take(int more) {
            if (held.addAndGet(more) > limit) {
                held.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        public void giveBack() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }

    public Share share() {
        return new Share();
    }

    public long limit() {
        return limit;
    }

    public long held() {
        return held.get();
    }
}
