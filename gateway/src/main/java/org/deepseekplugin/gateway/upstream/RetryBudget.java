package org.deepseekplugin.gateway.upstream;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds retries to a share of requests, so that an outage is not answered by a flood: each
/// request pays in a share, each retry takes one out, and a trickle lets a quiet gateway retry,
/// too. (The scheme of Finagle's RetryBudget, with a balance in place of its window.) Thread-safe.
public final class RetryBudget {
    private static final long ONE = 1000;

    private final long shareMilli;
    private final long perSecondMilli;
    private final long capMilli;
    private final Clock clock;
    private final AtomicLong balanceMilli;
    private final AtomicLong paidUntilMillis;

    /// @param share retries a request pays for: 0.2 is one retry for five requests
    /// @param perSecond retries that are free each second
    /// @param cap retries that can be saved up; the budget starts full
    public RetryBudget(double share, double perSecond, int cap, Clock clock) {
        this.shareMilli = Math.round(share * ONE);
        this.perSecondMilli = Math.round(perSecond * ONE);
        this.capMilli = cap * ONE;
        this.clock = clock;
        this.balanceMilli = new AtomicLong(capMilli);
        this.paidUntilMillis = new AtomicLong(clock.millis());
    }

    /// A request came.
    public void requested() {
        if (balanceMilli.get() < capMilli) {
            pay(shareMilli);
        }
    }

    /// Takes out one retry if there is one.
    public boolean take() {
        payTrickle();
        return balanceMilli.getAndUpdate(balance -> balance >= ONE ? balance - ONE : balance)
                >= ONE;
    }

    private void payTrickle() {
        long now = clock.millis();
        long before = paidUntilMillis.getAndSet(now);
        if (now > before) {
            pay((now - before) * perSecondMilli / 1000);
        }
    }

    private void pay(long milli) {
        balanceMilli.updateAndGet(balance -> Math.min(capMilli, balance + milli));
    }
}
