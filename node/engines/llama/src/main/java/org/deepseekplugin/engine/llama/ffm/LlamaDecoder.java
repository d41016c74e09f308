package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import org.deepseekplugin.engine.llama.batching.Decoder;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A llama context: a KV cache for each slot, and the computation. Used by one thread only.
public final class LlamaDecoder implements Decoder {
    private static final Logger log = LoggerFactory.getLogger(LlamaDecoder.class);

    private final LlamaLibrary library;
    private final LlamaModel model;
    private final MemorySegment context;
    private final ZeroedMemory unused;
    private final MemorySegment memory;
    private final LlamaBatch batch;
    private final int slots;
    private final int slotTokens;
    private final SamplerFunctions samplers;
    private final MethodHandle decode;
    private final MethodHandle remove;
    private final MethodHandle copy;

    /// @param stepTokens at most so many tokens are read in one step
    public LlamaDecoder(
            LlamaLibrary library,
            LlamaModel model,
            int slots,
            int slotTokens,
            int stepTokens,
            int threads) {
        var symbols = library.symbols();
        this.library = library;
        this.model = model;
        this.slots = slots;
        var created =
                ZeroedMemory.of(
                        () -> create(library, model, slots, slotTokens, stepTokens, threads));
        this.context = created.result();
        this.unused = created.memory();
        this.memory = library.pointerOf("llama_get_memory", context);
        this.slotTokens = library.intOf("llama_n_ctx_seq", context);
        this.batch = new LlamaBatch(stepTokens);
        this.samplers = new SamplerFunctions(symbols);
        this.decode = symbols.function("llama_decode", JAVA_INT, ADDRESS, Layouts.BATCH);
        this.remove =
                symbols.function(
                        "llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
        this.copy =
                symbols.procedure(
                        "llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    }

    /// Gives back what the caches of all slots have reserved and not used yet.
    @Override
    public void trim() {
        log.atInfo()
                .addKeyValue("mebibytes", unused.release() >> 20)
                .log("unused cache given back to the system");
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int slotTokens() {
        return slotTokens;
    }

    @Override
    public int stepTokens() {
        return batch.capacity();
    }

    @Override
    public int add(int token, int position, int slot, boolean sampled) {
        return batch.add(token, position, slot, sampled);
    }

    @Override
    public boolean decode() {
        int code = Native.call(() -> (int) decode.invokeExact(context, batch.struct()));
        batch.clear();
        if (code != 0) {
            log.atError()
                    .addKeyValue("code", code)
                    .addKeyValue("cause", library.lastError())
                    .log("decode step failed");
        }
        return code == 0;
    }

    @Override
    public void truncate(int slot, int position) {
        Native.call(() -> (boolean) remove.invokeExact(memory, slot, position, -1));
    }

    @Override
    public void copy(int from, int to) {
        truncate(to, 0);
        Native.run(() -> {
            copy.invokeExact(memory, from, to, -1, -1);
        });
    }

    @Override
    public Sampler sampler(Sampling sampling, long seed) {
        return new SamplerChain(
                samplers, context, sampling, seed, model.vocabulary().size(), slotTokens);
    }

    @Override
    public void close() {
        library.free("llama_free", context);
        batch.close();
    }

    private static MemorySegment create(
            LlamaLibrary library,
            LlamaModel model,
            int slots,
            int slotTokens,
            int stepTokens,
            int threads) {
        var symbols = library.symbols();
        var defaults = symbols.function("llama_context_default_params", Layouts.CONTEXT_PARAMS);
        var init =
                symbols.function("llama_init_from_model", ADDRESS, ADDRESS, Layouts.CONTEXT_PARAMS);
        try (var arena = Arena.ofConfined()) {
            SegmentAllocator allocator = arena;
            var params = Native.call(() -> (MemorySegment) defaults.invokeExact(allocator));
            set(params, "n_ctx", Math.multiplyExact(slots, slotTokens));
            set(params, "n_batch", stepTokens);
            set(params, "n_ubatch", stepTokens);
            set(params, "n_seq_max", slots);
            set(params, "n_outputs_max", slots);
            set(params, "n_threads", threads);
            set(params, "n_threads_batch", threads);
            var context =
                    Native.call(() -> (MemorySegment) init.invokeExact(model.pointer(), params));
            if (context.address() == 0) {
                throw new PlatformException(
                        ErrorCode.INVALID_CONFIG,
                        "No room for %d slots of %d tokens: %s. Lower --slots or --context-tokens."
                                .formatted(slots, slotTokens, library.lastError()));
            }
            return context;
        }
    }

    private static void set(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, Layouts.offset(Layouts.CONTEXT_PARAMS, field), value);
    }
}
