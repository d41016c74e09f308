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

/// llama.cpp's samplers, bound once: a request makes several.
final class SamplerFunctions {
    private static final long KEEP_ONE = 1;

    private final MethodHandle chainInit;
    private final MethodHandle chainAdd;
    private final MethodHandle sample;
    private final MethodHandle free;
    private final MethodHandle greedy;
    private final MethodHandle draw;
    private final MethodHandle temperature;
    private final MethodHandle topK;
    private final MethodHandle topP;
    private final MethodHandle minP;
    private final MethodHandle penalties;
    private final MethodHandle logitBias;

    SamplerFunctions(Symbols symbols) {
        chainInit =
                symbols.function("llama_sampler_chain_init", ADDRESS, Layouts.SAMPLER_CHAIN_PARAMS);
        chainAdd = symbols.procedure("llama_sampler_chain_add", ADDRESS, ADDRESS);
        sample = symbols.function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        free = symbols.procedure("llama_sampler_free", ADDRESS);
        greedy = symbols.function("llama_sampler_init_greedy", ADDRESS);
        draw = symbols.function("llama_sampler_init_dist", ADDRESS, JAVA_INT);
        temperature = symbols.function("llama_sampler_init_temp", ADDRESS, JAVA_FLOAT);
        topK = symbols.function("llama_sampler_init_top_k", ADDRESS, JAVA_INT);
        topP = symbols.function("llama_sampler_init_top_p", ADDRESS, JAVA_FLOAT, JAVA_LONG);
        minP = symbols.function("llama_sampler_init_min_p", ADDRESS, JAVA_FLOAT, JAVA_LONG);
        penalties =
                symbols.function(
                        "llama_sampler_init_penalties",
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_FLOAT,
                        JAVA_FLOAT,
                        JAVA_FLOAT);
        logitBias =
                symbols.function(
                        "llama_sampler_init_logit_bias", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    }

    MemorySegment chain() {
        try (var arena = Arena.ofConfined()) {
            var params = arena.allocate(Layouts.SAMPLER_CHAIN_PARAMS);
            params.set(JAVA_BOOLEAN, 0, true); // no_perf
            return Native.call(() -> (MemorySegment) chainInit.invokeExact(params));
        }
    }

    /// The chain owns the sampler from now on.
    void add(MemorySegment chain, MemorySegment sampler) {
        Native.run(() -> {
            chainAdd.invokeExact(chain, sampler);
        });
    }

    int sample(MemorySegment chain, MemorySegment context, int row) {
        return Native.call(() -> (int) sample.invokeExact(chain, context, row));
    }

    void free(MemorySegment chain) {
        Native.run(() -> {
            free.invokeExact(chain);
        });
    }

    MemorySegment greedy() {
        return Native.call(() -> (MemorySegment) greedy.invokeExact());
    }

    MemorySegment draw(int seed) {
        return Native.call(() -> (MemorySegment) draw.invokeExact(seed));
    }

    MemorySegment temperature(float value) {
        return Native.call(() -> (MemorySegment) temperature.invokeExact(value));
    }

    MemorySegment topK(int k) {
        return Native.call(() -> (MemorySegment) topK.invokeExact(k));
    }

    MemorySegment topP(float p) {
        return Native.call(() -> (MemorySegment) topP.invokeExact(p, KEEP_ONE));
    }

    MemorySegment minP(float p) {
        return Native.call(() -> (MemorySegment) minP.invokeExact(p, KEEP_ONE));
    }

    /// @param lastTokens how far the penalties look back
    MemorySegment penalties(int vocabulary, int lastTokens, float frequency, float presence) {
        float noRepeatPenalty = 1;
        return Native.call(() ->
                (MemorySegment)
                        penalties.invokeExact(
                                vocabulary, lastTokens, noRepeatPenalty, frequency, presence));
    }

    MemorySegment logitBias(int vocabulary, Map<Integer, Double> biases) {
        try (var arena = Arena.ofConfined()) {
            var array = arena.allocate(Layouts.LOGIT_BIAS, biases.size());
            long at = 0;
            for (var bias : biases.entrySet()) {
                array.set(JAVA_INT, at, bias.getKey());
                array.set(JAVA_FLOAT, at + JAVA_INT.byteSize(), bias.getValue().floatValue());
                at += Layouts.LOGIT_BIAS.byteSize();
            }
            int count = biases.size();
            return Native.call(
                    () -> (MemorySegment) logitBias.invokeExact(vocabulary, count, array));
        }
    }
}
