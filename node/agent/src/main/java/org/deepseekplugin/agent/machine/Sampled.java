package org.deepseekplugin.agent.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads on a platform thread of its own and answers with what was read last: a driver that has
/// hung holds its callers for ever, and a heartbeat must not wait for it. When nothing came for a
/// while, the devices are there still, but silent.
final class Sampled implements AcceleratorProbe {
    private static final Logger log = LoggerFactory.getLogger(Sampled.class);

    /// A GPU that has slept takes seconds to wake.
    private static final Duration FIRST = Duration.ofSeconds(30);

    private static final int SILENT_SAMPLES = 10;

    private record Sample(List<AcceleratorState> states, Instant at) {}

    private final AcceleratorProbe probe;
    private final Duration every;
    private final InstantSource clock;
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Sample last;
    private boolean complained;

    /// Returns when there is a first sample, or 30 s have passed.
    ///
    /// @param probe is closed from the thread that reads
    Sampled(AcceleratorProbe probe, Duration every, InstantSource clock) {
        this.probe = probe;
        this.every = every;
        this.clock = clock;
        this.last = new Sample(List.of(), clock.instant());
        Thread.ofPlatform().name("accelerators").daemon().start(this::run);
        awaitFirst();
    }

    private void awaitFirst() {
        try {
            if (!first.await(FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().log("accelerators do not answer yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<AcceleratorState> read() {
        var sample = last;
        var silence = Duration.between(sample.at, clock.instant());
        boolean silent = silence.compareTo(every.multipliedBy(SILENT_SAMPLES)) > 0;
        if (silent && !complained) {
            log.atWarn().addKeyValue("silence", silence).log("accelerators do not answer");
        }
        complained = silent;
        return silent
                ? sample.states.stream().map(AcceleratorState::silent).toList()
                : sample.states;
    }

    private void run() {
        try (probe) {
            do {
                last = new Sample(probe.read(), clock.instant());
                first.countDown();
            } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("accelerators are not read any more");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
