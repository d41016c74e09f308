package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.deepseekplugin.engine.llama.batching.Decoder;
import org.deepseekplugin.engine.spi.Sampling;

/// A chain of llama.cpp's samplers, in the order that [Sampling] promises.
final class SamplerChain implements Decoder.Sampler {
    /// Penalties look back over everything generated: no context is longer.
    private static final int ALL_TOKENS = 1 << 20;

    private static final long KEEP_ONE = 1;

    private final LlamaLibrary library;
    private final MemorySegment chain;
    private final MemorySegment context;
    private final MethodHandle sample;

    private SamplerChain(LlamaLibrary library, MemorySegment context) {
        var symbols = library.symbols();
        var init =
                symbols.function("llama_sampler_chain_init", ADDRESS, Layouts.SAMPLER_CHAIN_PARAMS);
        this.library = library;
        this.context = context;
        this.sample =
                symbols.function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        try (var arena = Arena.ofConfined()) {
            var params = arena.allocate(Layouts.SAMPLER_CHAIN_PARAMS);
            params.set(JAVA_BOOLEAN, 0, true);
            chain = Native.call(() -> (MemorySegment) init.invokeExact(params));
        }
    }

    static SamplerChain of(
            LlamaLibrary library,
            Sampling s,
            long seed,
            int vocabularySize,
            MemorySegment context) {
        var chain = new SamplerChain(library, context);
        chain.addBias(s.logitBias(), vocabularySize);
        chain.addPenalties(s, vocabularySize);
        if (s.isGreedy()) {
            var greedy = library.symbols().function("llama_sampler_init_greedy", ADDRESS);
            chain.add(Native.call(() -> (MemorySegment) greedy.invokeExact()));
        } else {
            chain.addTemperature((float) s.temperature());
            chain.addTopK(s.topK());
            chain.addNucleus("llama_sampler_init_top_p", (float) s.topP(), s.topP() < 1);
            chain.addNucleus("llama_sampler_init_min_p", (float) s.minP(), s.minP() > 0);
            chain.addDraw(seed);
        }
        return chain;
    }

    @Override
    public int sample(int row) {
        return Native.call(() -> (int) sample.invokeExact(chain, context, row));
    }

    @Override
    public void close() {
        library.free("llama_sampler_free", chain);
    }

    private void addBias(Map<Integer, Double> biases, int vocabularySize) {
        if (biases.isEmpty()) {
            return;
        }
        var init =
                library.symbols()
                        .function(
                                "llama_sampler_init_logit_bias",
                                ADDRESS,
                                JAVA_INT,
                                JAVA_INT,
                                ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var array = arena.allocate(Layouts.LOGIT_BIAS, biases.size());
            long at = 0;
            for (var bias : biases.entrySet()) {
                array.set(JAVA_INT, at, bias.getKey());
                array.set(JAVA_FLOAT, at + 4, bias.getValue().floatValue());
                at += Layouts.LOGIT_BIAS.byteSize();
            }
            add(
                    Native.call(() ->
                            (MemorySegment)
                                    init.invokeExact(vocabularySize, biases.size(), array)));
        }
    }

    private void addPenalties(Sampling s, int vocabularySize) {
        if (s.frequencyPenalty() == 0 && s.presencePenalty() == 0) {
            return;
        }
        var init =
                library.symbols()
                        .function(
                                "llama_sampler_init_penalties",
                                ADDRESS,
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_FLOAT,
                                JAVA_FLOAT,
                                JAVA_FLOAT);
        add(
                Native.call(() ->
                        (MemorySegment)
                                init.invokeExact(
                                        vocabularySize,
                                        ALL_TOKENS,
                                        1f,
                                        (float) s.frequencyPenalty(),
                                        (float) s.presencePenalty())));
    }

    private void addTemperature(float temperature) {
        var init = library.symbols().function("llama_sampler_init_temp", ADDRESS, JAVA_FLOAT);
        add(Native.call(() -> (MemorySegment) init.invokeExact(temperature)));
    }

    private void addTopK(int topK) {
        if (topK > 0) {
            var init = library.symbols().function("llama_sampler_init_top_k", ADDRESS, JAVA_INT);
            add(Native.call(() -> (MemorySegment) init.invokeExact(topK)));
        }
    }

    private void addNucleus(String function, float share, boolean active) {
        if (active) {
            var init = library.symbols().function(function, ADDRESS, JAVA_FLOAT, JAVA_LONG);
            add(Native.call(() -> (MemorySegment) init.invokeExact(share, KEEP_ONE)));
        }
    }

    private void addDraw(long seed) {
        var init = library.symbols().function("llama_sampler_init_dist", ADDRESS, JAVA_INT);
        int folded = Long.hashCode(seed);
        add(Native.call(() -> (MemorySegment) init.invokeExact(folded)));
    }

    private void add(MemorySegment sampler) {
        var add = library.symbols().procedure("llama_sampler_chain_add", ADDRESS, ADDRESS);
        Native.run(() -> {
            add.invokeExact(chain, sampler);
        });
    }
}
