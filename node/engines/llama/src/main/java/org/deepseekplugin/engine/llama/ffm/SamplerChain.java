package org.deepseekplugin.engine.llama.ffm;

import java.lang.foreign.MemorySegment;
import org.deepseekplugin.engine.llama.batching.Decoder;
import org.deepseekplugin.engine.spi.Sampling;

/// A chain of llama.cpp's samplers, in the order that [Sampling] promises.
final class SamplerChain implements Decoder.Sampler {
    private static final int LLAMA_DEFAULT_SEED = 0xFFFFFFFF;

    private final SamplerFunctions samplers;
    private final MemorySegment context;
    private final MemorySegment chain;

    /// @param vocabulary tokens of the model
    /// @param lookBack tokens that the penalties look back over
    SamplerChain(
            SamplerFunctions samplers,
            MemorySegment context,
            Sampling sampling,
            long seed,
            int vocabulary,
            int lookBack) {
        this.samplers = samplers;
        this.context = context;
        this.chain = samplers.chain();
        if (!sampling.logitBias().isEmpty()) {
            add(samplers.logitBias(vocabulary, sampling.logitBias()));
        }
        if (sampling.frequencyPenalty() != 0 || sampling.presencePenalty() != 0) {
            add(
                    samplers.penalties(
                            vocabulary,
                            lookBack,
                            (float) sampling.frequencyPenalty(),
                            (float) sampling.presencePenalty()));
        }
        if (sampling.isGreedy()) {
            add(samplers.greedy());
        } else {
            addDraw(sampling, seed);
        }
    }

    @Override
    public int sample(int row) {
        return samplers.sample(chain, context, row);
    }

    MemorySegment pointer() {
        return chain;
    }

    @Override
    public void close() {
        samplers.free(chain);
    }

    private void addDraw(Sampling sampling, long seed) {
        if (sampling.topK() > 0) {
            add(samplers.topK(sampling.topK()));
        }
        if (sampling.topP() < 1) {
            add(samplers.topP((float) sampling.topP()));
        }
        if (sampling.minP() > 0) {
            add(samplers.minP((float) sampling.minP()));
        }
        add(samplers.temperature((float) sampling.temperature()));
        add(samplers.draw(seed(seed)));
    }

    /// Folded to 32 bits, less the one that makes llama.cpp take a random seed.
    private static int seed(long seed) {
        int folded = Long.hashCode(seed);
        return folded == LLAMA_DEFAULT_SEED ? 0 : folded;
    }

    private void add(MemorySegment sampler) {
        samplers.add(chain, sampler);
    }
}
