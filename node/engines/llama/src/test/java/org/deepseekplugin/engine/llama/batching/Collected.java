package org.deepseekplugin.engine.llama.batching;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.TokenSink;
import org.jspecify.annotations.Nullable;

/// A sink that keeps what it gets, and refuses more after the end.
final class Collected implements TokenSink {
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Outcome outcome;

    @Override
    public synchronized void text(String more) {
        if (outcome != null) {
            throw new IllegalStateException("text after the end: " + more);
        }
        text.append(more);
    }

    @Override
    public synchronized void ended(Outcome its) {
        if (outcome != null) {
            throw new IllegalStateException("ended twice");
        }
        outcome = its;
        end.countDown();
    }

    synchronized String text() {
        return text.toString();
    }

    boolean hasEnded() {
        return outcome != null;
    }

    Outcome outcome() {
        try {
            if (!end.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no end after 60 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return java.util.Objects.requireNonNull(outcome);
    }
}
