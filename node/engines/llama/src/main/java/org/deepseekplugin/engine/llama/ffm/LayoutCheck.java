package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.deepseekplugin.engine.llama.ffm.Layouts.CONTEXT_PARAMS;
import static org.deepseekplugin.engine.llama.ffm.Layouts.MODEL_PARAMS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Proves at start that [Layouts] are those of the loaded library: a wrong offset would corrupt
/// memory long before anybody notices.
///
/// The library writes its defaults into a larger, poisoned struct. Each known default must stand
/// where the layout says, and the poison must begin where the layout ends.
final class LayoutCheck {
    private static final byte POISON = 0x5A;

    // from llama_model_default_params() and llama_context_default_params() of the release
    private static final Map<String, Number> MODEL_DEFAULTS =
            Map.of(
                    "n_gpu_layers",
                    -1,
                    "split_mode",
                    1,
                    "load_mode",
                    -1,
                    "lazy_mode",
                    1,
                    "main_gpu",
                    0,
                    "use_extra_bufts",
                    (byte) 1,
                    "load_mtp",
                    (byte) 0);
    private static final Map<String, Number> CONTEXT_DEFAULTS =
            Map.of(
                    "n_ctx",
                    512,
                    "n_batch",
                    2048,
                    "n_ubatch",
                    512,
                    "n_outputs_max_per_seq",
                    1,
                    "flash_attn_type",
                    -1,
                    "yarn_beta_slow",
                    -1f,
                    "defrag_thold",
                    -1f,
                    "type_k",
                    1,
                    "type_v",
                    1,
                    "swa_full",
                    (byte) 1);

    static void run(Symbols symbols, String version) {
        check(symbols, version, "llama_model_default_params", MODEL_PARAMS, MODEL_DEFAULTS);
        check(symbols, version, "llama_context_default_params", CONTEXT_PARAMS, CONTEXT_DEFAULTS);
        checkBatch(symbols, version);
    }

    static void check(
            Symbols symbols,
            String version,
            String function,
            StructLayout layout,
            Map<String, Number> defaults) {
        var roomy = roomy(layout);
        try (var arena = Arena.ofConfined()) {
            var struct = arena.allocate(roomy).fill(POISON);
            SegmentAllocator poisoned = (size, alignment) -> struct;
            var handle = symbols.function(function, roomy);
            Native.call(() -> (MemorySegment) handle.invokeExact(poisoned));
            defaults.forEach((field, value) -> {
                if (!value.equals(read(struct, Layouts.offset(layout, field), value))) {
                    throw mismatch(version, function, field);
                }
            });
            if (!isPoison(struct, layout.byteSize())) {
                throw mismatch(version, function, "its size");
            }
        }
    }

    /// A batch for tokens has all arrays but `embd`, and none of it is filled.
    private static void checkBatch(Symbols symbols, String version) {
        var function = "llama_batch_init";
        var roomy = roomy(Layouts.BATCH);
        var init = symbols.function(function, roomy, JAVA_INT, JAVA_INT, JAVA_INT);
        var free = symbols.procedure("llama_batch_free", Layouts.BATCH);
        try (var arena = Arena.ofConfined()) {
            var struct = arena.allocate(roomy).fill(POISON);
            SegmentAllocator poisoned = (size, alignment) -> struct;
            Native.call(() -> (MemorySegment) init.invokeExact(poisoned, 8, 0, 1));
            if (struct.get(JAVA_INT, 0) != 0 || !isPoison(struct, Layouts.BATCH.byteSize())) {
                throw mismatch(version, function, "its size");
            }
            for (var array : List.of("token", "embd", "pos", "n_seq_id", "seq_id", "logits")) {
                var pointer = struct.get(ADDRESS, Layouts.offset(Layouts.BATCH, array));
                if (array.equals("embd") != pointer.equals(MemorySegment.NULL)) {
                    throw mismatch(version, function, array);
                }
            }
            var batch = struct.asSlice(0, Layouts.BATCH);
            Native.run(() -> {
                free.invokeExact(batch);
            });
        }
    }

    private static StructLayout roomy(StructLayout layout) {
        return MemoryLayout.structLayout(layout, MemoryLayout.sequenceLayout(32, JAVA_INT));
    }

    private static boolean isPoison(MemorySegment struct, long from) {
        for (long at = from; at < struct.byteSize(); at++) {
            if (struct.get(JAVA_BYTE, at) != POISON) {
                return false;
            }
        }
        return true;
    }

    private static Number read(MemorySegment struct, long offset, Number like) {
        return switch (like) {
            case Float _ -> struct.get(JAVA_FLOAT, offset);
            case Byte _ -> struct.get(JAVA_BYTE, offset);
            default -> struct.get(JAVA_INT, offset);
        };
    }

    private static PlatformException mismatch(String version, String function, String field) {
        return new PlatformException(
                ErrorCode.INVALID_CONFIG,
                "llama.cpp %s lays out the result of %s differently (%s); this build knows release %s."
                        .formatted(version, function, field, Layouts.RELEASE));
    }

    private LayoutCheck() {}
}
