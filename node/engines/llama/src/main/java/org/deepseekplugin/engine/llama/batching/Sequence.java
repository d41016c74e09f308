package org.deepseekplugin.engine.llama.batching;

import java.util.List;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A generation on its way: a prompt to read, then a token a step. All but [#cancel] belongs to the
/// decode thread.
final class Sequence {
    private static final Logger log = LoggerFactory.getLogger(Sequence.class);

    final String id;
    final int[] prompt;
    final Sampling sampling;
    private final int maxTokens;
    private final TokenSink sink;
    private final Characters characters = new Characters();
    private final StopTexts stops;

    private volatile boolean cancelled;
    private int read;
    private int cached;
    private int generated;
    private int next;
    private boolean broken;
    private Decoder.@Nullable Sampler sampler;

    Sequence(
            String id,
            int[] prompt,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            TokenSink sink) {
        this.id = id;
        this.prompt = prompt;
        this.sampling = sampling;
        this.maxTokens = maxTokens;
        this.stops = new StopTexts(stop);
        this.sink = sink;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void begin(int cachedTokens, Decoder.Sampler itsSampler) {
        cached = cachedTokens;
        read = cachedTokens;
        sampler = itsSampler;
    }

    int unreadTokens() {
        return prompt.length - read;
    }

    boolean isDecoding() {
        return read == prompt.length && generated > 0;
    }

    /// The next prompt token to read.
    int readToken() {
        return prompt[read++];
    }

    /// The last token chosen, to be decoded in the next step.
    int next() {
        return next;
    }

    int generated() {
        return generated;
    }

    int promptTokensRead() {
        return read;
    }

    int sample(int row) {
        if (sampler == null) {
            throw new IllegalStateException("sequence " + id + " has not begun");
        }
        next = sampler.sample(row);
        generated++;
        return next;
    }

    void show(byte[] bytes) {
        emit(stops.add(characters.add(bytes)));
    }

    boolean hasStopped() {
        return stops.stopped();
    }

    /// Whether its sink has failed: a bug there is no reason to fail the others.
    boolean isBroken() {
        return broken;
    }

    boolean isFull() {
        return generated >= maxTokens;
    }

    void end(Finish finish) {
        if (sampler != null) {
            sampler.close();
        }
        if (finish == Finish.STOP || finish == Finish.LENGTH) {
            emit(stops.add(characters.end()));
            emit(stops.end());
        }
        tell(() -> sink.ended(new Outcome(finish, read, cached, generated)));
    }

    private void emit(String text) {
        if (!text.isEmpty()) {
            tell(() -> sink.text(text));
        }
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            broken = true;
            log.atError().addKeyValue("request", id).setCause(e).log("its reader failed");
        }
    }
}
