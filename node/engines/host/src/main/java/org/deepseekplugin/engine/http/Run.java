package org.deepseekplugin.engine.http;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final List<String> generations = new ArrayList<>();
    private int open;
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
        open = asked.prompts().size();
        for (int i = 0; i < asked.prompts().size(); i++) {
            try {
                submit(id + "/" + i, i, asked);
            } catch (RuntimeException e) {
                refuse(ErrorBody.of(e));
                settle();
            }
        }
    }

    /// Ends within one decode step whatever of it runs.
    void cancel() {
        List<String> running;
        synchronized (this) {
            cancelled = true;
            running = List.copyOf(generations);
        }
        running.forEach(engine::cancel);
    }

    private void submit(String id, int index, CompletionRequest asked) {
        var generation =
                new Generation(
                        id,
                        asked.prompts().get(index),
                        asked.sampling(),
                        asked.maxTokens(),
                        asked.stop());
        engine.submit(generation, new Sink(index));
        boolean tooLate;
        synchronized (this) {
            generations.add(id);
            tooLate = cancelled;
        }
        if (tooLate) {
            engine.cancel(id);
        }
    }

    private void refuse(ErrorBody error) {
        synchronized (this) {
            refusal = error;
        }
        cancel();
    }

    private void settle() {
        synchronized (this) {
            open--;
            if (open > 0) {
                return;
            }
        }
        // before the client hears of the end: the record is there for whoever asks then
        whenEnded.accept(generations.isEmpty() ? Optional.empty() : Optional.of(total));
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
            settle();
        }
    }
}
