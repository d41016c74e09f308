package org.deepseekplugin.engine.http;

import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deepseekplugin.engine.openai.CompletionRequest;
import org.deepseekplugin.engine.openai.ErrorBody;
import org.deepseekplugin.engine.openai.Usage;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.Generation;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;

/// One request in the engine: a generation for each of its prompts, and what they took together.
///
/// Hears of text and ends on the decode thread, hands them to the reply on its event loop.
final class Run {
    /// @param finish the worst of its generations'
    record Total(Usage usage, Finish finish) {
        static final Total NONE = new Total(Usage.NONE, Finish.STOP);

        Total plus(Outcome outcome) {
            var worse = outcome.finish().compareTo(finish) > 0 ? outcome.finish() : finish;
            return new Total(usage.plus(outcome), worse);
        }
    }

    private final Engine engine;
    private final Reply reply;
    private final Context context;
    private final Consumer<Optional<Total>> whenEnded;
    private List<String> ids = List.of();
    private int open;
    private int refused;
    private Total total = Total.NONE;
    private boolean cancelled;
    private @Nullable ErrorBody refusal;

    /// @param whenEnded hears once what the engine spent; nothing if it refused everything
    Run(Engine engine, Reply reply, Context context, Consumer<Optional<Total>> whenEnded) {
        this.engine = engine;
        this.reply = reply;
        this.context = context;
        this.whenEnded = whenEnded;
    }

    /// Hands all prompts to the engine. If it refuses one, the request fails as a whole.
    ///
    /// @param id begins the ids of the generations
    void start(String id, CompletionRequest asked) {
        int count = asked.prompts().size();
        synchronized (this) {
            open = count;
            ids = IntStream.range(0, count).mapToObj(i -> id + "/" + i).toList();
        }
        for (int i = 0; i < count; i++) {
            try {
                submit(ids.get(i), i, asked);
            } catch (RuntimeException e) {
                refuse(ErrorBody.of(e), count - i);
                return;
            }
        }
    }

    /// Ends within one decode step whatever of it runs.
    void cancel() {
        List<String> all;
        synchronized (this) {
            cancelled = true;
            all = ids;
        }
        all.forEach(engine::cancel);
    }

    /// It may end before this returns.
    private void submit(String id, int index, CompletionRequest asked) {
        engine.submit(
                new Generation(
                        id,
                        asked.prompts().get(index),
                        asked.sampling(),
                        asked.maxTokens(),
                        asked.stop()),
                new Sink(index));
        if (isCancelled()) {
            engine.cancel(id);
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /// @param rest prompts that the engine has not taken
    private void refuse(ErrorBody error, int rest) {
        synchronized (this) {
            refused = rest;
            refusal = error;
        }
        cancel();
        settle(rest);
    }

    private void settle(int ended) {
        boolean tookNothing;
        synchronized (this) {
            open -= ended;
            if (open > 0) {
                return;
            }
            tookNothing = refused == ids.size();
        }
        // before the client hears of the end: the record is there for whoever asks then
        whenEnded.accept(tookNothing ? Optional.empty() : Optional.of(total));
        context.runOnContext(now -> conclude());
    }

    private void conclude() {
        if (refusal != null) {
            reply.failed(refusal);
            return;
        }
        switch (total.finish()) {
            case STOP, LENGTH -> reply.complete(total.usage());
            case CANCELLED ->
                    reply.failed(
                            new ErrorBody(
                                    ErrorCode.SHUTTING_DOWN,
                                    "The request was cancelled before it ended.",
                                    null));
            case ERROR ->
                    reply.failed(
                            new ErrorBody(
                                    ErrorCode.INTERNAL,
                                    "The engine failed on this request; its log has the reason.",
                                    null));
        }
    }

    private final class Sink implements TokenSink {
        private final int index;

        Sink(int index) {
            this.index = index;
        }

        @Override
        public void text(String text) {
            context.runOnContext(now -> reply.text(index, text));
        }

        @Override
        public void ended(Outcome outcome) {
            synchronized (Run.this) {
                total = total.plus(outcome);
            }
            if (outcome.finish().compareTo(Finish.LENGTH) <= 0) {
                context.runOnContext(now -> reply.ended(index, outcome.finish()));
            }
            settle(1);
        }
    }
}
