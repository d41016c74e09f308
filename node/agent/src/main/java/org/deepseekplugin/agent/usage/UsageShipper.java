package org.deepseekplugin.agent.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.deepseekplugin.agent.thread.Loop;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;

/// Sends usage records in batches, one at a time, and moves on only when the control plane has said
/// that a batch is durable there. Whatever crashes in between, each record arrives at least once;
/// the request id tells the control plane which came twice.
///
/// Public methods may be called from any thread.
public final class UsageShipper implements AutoCloseable {
    /// About 50 KB a message: well below what a WebSocket peer takes by default.
    private static final int BATCH = 200;

    private static final Duration TIDY = Duration.ofMinutes(1);

    private final UsageLogs logs;
    private final Consumer<AgentMessage.Usage> uplink;
    private final Loop loop = new Loop("usage");

    private long number;
    private UsageLogs.@Nullable Batch pending;

    /// @param uplink may lose what it is given
    public UsageShipper(UsageLogs logs, Consumer<AgentMessage.Usage> uplink) {
        this.logs = logs;
        this.uplink = uplink;
    }

    /// @param poll how often the logs are looked at
    public void start(Duration poll) {
        loop.every(poll, this::ship);
        loop.every(TIDY, this::tidy);
    }

    /// A new connection: what was sent over the old one may never have arrived.
    public void connected() {
        loop.execute(() -> {
            if (pending != null) {
                send(pending);
            }
        });
    }

    public void acknowledged(long batch) {
        loop.execute(() -> {
            if (pending != null && batch >= number) {
                forget(pending);
                ship();
            }
        });
    }

    private void ship() {
        if (pending != null) {
            return;
        }
        try {
            var batch = logs.read(BATCH);
            if (!batch.records().isEmpty()) {
                number++;
                pending = batch;
                send(batch);
            } else if (!batch.ends().isEmpty()) {
                batch.acknowledge(); // nothing readable in it
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read usage logs", e);
        }
    }

    private void forget(UsageLogs.Batch batch) {
        try {
            batch.acknowledge();
            pending = null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note acknowledged usage", e);
        }
    }

    private void send(UsageLogs.Batch batch) {
        uplink.accept(new AgentMessage.Usage(number, batch.records(), Unknown.NONE));
    }

    private void tidy() {
        if (pending != null) {
            return; // its files must keep their names
        }
        try {
            logs.tidy();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy usage logs", e);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
