package org.deepseekplugin.engine.llama.batching;

import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.TokenSink;

/// Holds the decode thread at its first text, which no real sink may do, so that a test can look at
/// what waits.
final class Stalled implements TokenSink {
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void text(String text) {
        first.countDown();
        await(released);
    }

    @Override
    public void ended(Outcome outcome) {}

    void awaitFirst() {
        await(first);
    }

    void goOn() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
