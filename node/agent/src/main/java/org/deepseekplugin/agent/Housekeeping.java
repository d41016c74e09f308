package org.deepseekplugin.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.deepseekplugin.agent.engine.Engines;
import org.deepseekplugin.agent.thread.Loop;
import org.deepseekplugin.agent.usage.UsageLogs;

/// Keeps the disk bounded on a node where replicas come and go for months.
final class Housekeeping implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Engines engines;
    private final UsageLogs usage;
    private final Loop loop = new Loop("housekeeping");

    Housekeeping(Engines engines, UsageLogs usage) {
        this.engines = engines;
        this.usage = usage;
    }

    void start() {
        loop.execute(this::tidy);
        loop.every(EVERY, this::tidy);
    }

    private void tidy() {
        try {
            engines.tidy();
            usage.deleteEmpty(engines.inUse());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy up", e);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
