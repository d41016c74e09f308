package org.deepseekplugin.engine.llama.batching;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The decode thread and its queue. It owns the decoder and closes it.
public final class BatchingEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchingEngine.class);

    private final Inbox inbox;
    private final Decoder decoder;
    private final DecodeLoop loop;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Thread thread;

    /// @param queue generations that may wait for a slot
    /// @param seeds for those that bring none
    public BatchingEngine(
            Decoder decoder, Vocabulary vocabulary, int queue, RandomGenerator seeds) {
        this.decoder = decoder;
        this.inbox = new Inbox(decoder.slots(), queue);
        this.loop = new DecodeLoop(decoder, vocabulary, inbox, seeds);
        this.thread = Thread.ofPlatform().name("decode").start(this::run);
    }

    /// Says so before a prompt is put into tokens for nothing.
    ///
    /// @throws PlatformException `overloaded`, `shutting_down`
    public void refuseIfFull() {
        inbox.refuseIfFull();
    }

    /// @throws PlatformException `context_length_exceeded`, `overloaded`, `shutting_down`
    public void submit(
            String id,
            int[] prompt,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            TokenSink sink) {
        int room = decoder.slotTokens();
        if (prompt.length >= room) {
            throw new PlatformException(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "The prompt has %d tokens; this model's context has room for %d, the answer included. Shorten the prompt."
                            .formatted(prompt.length, room));
        }
        if (prompt.length == 0) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST,
                    "The prompt is empty: there is nothing to continue.");
        }
        inbox.put(new Sequence(id, prompt, sampling, maxTokens, stop, sink));
    }

    public boolean cancel(String id) {
        return inbox.cancel(id);
    }

    public EngineStats stats() {
        return loop.stats();
    }

    /// Completes, with the reason, when the decode thread cannot go on.
    public CompletionStage<Throwable> failure() {
        return failure;
    }

    @Override
    public void close() {
        inbox.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            loop.rehearse();
            while (!inbox.isClosed()) {
                if (!loop.step()) {
                    inbox.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("the decode thread failed; the engine must be restarted");
            failure.complete(e);
        } finally {
            loop.cancelAll();
            decoder.close();
        }
    }
}
