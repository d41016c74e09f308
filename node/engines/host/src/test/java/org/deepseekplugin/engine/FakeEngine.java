package org.deepseekplugin.engine;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.Generation;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;

/// An engine that says what a test has it say. It keeps the contract: one outcome each, a cancelled
/// generation ends, none is taken beyond its room.
public final class FakeEngine implements Engine {
    /// A generation that runs: the test is its decode thread.
    public final class Running {
        public final Generation generation;
        private final TokenSink sink;
        private int tokens;

        private Running(Generation generation, TokenSink sink) {
            this.generation = generation;
            this.sink = sink;
        }

        public Running says(String text) {
            tokens++;
            sink.text(text);
            return this;
        }

        public void ends(Finish finish) {
            if (forget(generation.id())) {
                sink.ended(new Outcome(finish, 7, 2, tokens));
            }
        }
    }

    private final Map<String, Running> running = new LinkedHashMap<>();
    private final LinkedBlockingQueue<Running> submitted = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final int room;
    private volatile @Nullable PlatformException refusal;
    private volatile boolean hasty;
    private volatile boolean hasCounted;

    /// @param room generations that run at once; more are refused
    public FakeEngine(int room) {
        this.room = room;
    }

    /// What reaches the engine next.
    public Running next() throws InterruptedException {
        var next = submitted.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("nothing reached the engine within 20 s");
        }
        return next;
    }

    public void refusesWith(ErrorCode code, String sentence) {
        refusal = new PlatformException(code, sentence);
    }

    /// From now on every text ends before [#submit] returns.
    public void becomesHasty() {
        hasty = true;
    }

    public void fails(Throwable reason) {
        failure.complete(reason);
    }

    public boolean hasCounted() {
        return hasCounted;
    }

    public synchronized boolean isIdle() {
        return running.isEmpty();
    }

    @Override
    public void submit(Generation generation, TokenSink sink) {
        if (refusal != null) {
            throw refusal;
        }
        var started = new Running(generation, sink);
        synchronized (this) {
            if (running.size() >= room) {
                throw new PlatformException(ErrorCode.OVERLOADED, "no room");
            }
            running.put(generation.id(), started);
        }
        submitted.add(started);
        if (hasty) {
            started.says("quick").ends(Finish.STOP);
        }
    }

    @Override
    public boolean cancel(String generation) {
        Running found;
        synchronized (this) {
            found = running.get(generation);
        }
        if (found != null) {
            found.ends(Finish.CANCELLED);
        }
        return found != null;
    }

    private synchronized boolean forget(String generation) {
        return running.remove(generation) != null;
    }

    @Override
    public synchronized EngineStats stats() {
        return new EngineStats(running.size(), 0, room, 0, 7, 3, Unknown.NONE);
    }

    /// A byte is a token.
    @Override
    public int[] tokenize(Prompt prompt) {
        hasCounted = true;
        var text =
                switch (prompt) {
                    case Prompt.Text(var words) -> words;
                    case Prompt.Chat(var messages) -> messages.toString();
                };
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var tokens = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            tokens[i] = bytes[i] & 0xFF;
        }
        return tokens;
    }

    @Override
    public Sampling defaultSampling() {
        return new Sampling(0.7, 0.9, 40, 0.05, 0, 0, OptionalLong.empty(), Map.of());
    }

    @Override
    public int contextTokens() {
        return 2048;
    }

    @Override
    public String fingerprint() {
        return "fake-1";
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return failure;
    }

    @Override
    public void close() {
        for (var id : ids()) {
            cancel(id);
        }
    }

    private synchronized String[] ids() {
        return running.keySet().toArray(String[]::new);
    }
}
