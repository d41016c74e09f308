package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.deepseekplugin.engine.llama.TestTools;
import org.deepseekplugin.engine.spi.Sampling;
import org.junit.jupiter.api.Test;

/// What this build believes of the library, against the library.
final class NativeLayoutsIT {
    private final Symbols symbols = new Symbols(TestTools.natives());

    @Test
    void the_layouts_are_those_of_the_library() {
        assertThatCode(() -> LayoutCheck.run(symbols, "0.5.0")).doesNotThrowAnyException();
    }

    @Test
    void a_layout_with_a_field_too_few_is_found() {
        assertThatThrownBy(() -> check(without(Layouts.CONTEXT_PARAMS, "n_rs_seq")))
                .hasMessageContaining(
                        "lays out the result of llama_context_default_params differently")
                .hasMessageContaining("this build knows release 0.5");
    }

    @Test
    void a_layout_that_is_too_short_is_found_by_its_size() {
        assertThatThrownBy(() -> check(without(Layouts.CONTEXT_PARAMS, "ctx_other")))
                .hasMessageContaining("(its size)");
    }

    @Test
    void the_wrong_default_is_found() {
        assertThatThrownBy(() ->
                        LayoutCheck.check(
                                symbols,
                                "0.5.0",
                                "llama_context_default_params",
                                Layouts.CONTEXT_PARAMS,
                                Map.of("n_batch", 7)))
                .hasMessageContaining("(n_batch)");
    }

    @Test
    void a_function_of_another_release_is_named() {
        assertThatThrownBy(() -> symbols.function("llama_of_tomorrow", JAVA_INT))
                .hasMessageContaining("have no function llama_of_tomorrow");
    }

    @Test
    void samplers_stand_in_llama_cpps_order() {
        assertThat(
                        names(
                                new Sampling(
                                        0.8,
                                        0.9,
                                        40,
                                        0.05,
                                        1,
                                        1,
                                        OptionalLong.of(1),
                                        Map.of(3, 1.0))))
                .containsExactly(
                        "logit-bias", "penalties", "top-k", "top-p", "min-p", "temp", "dist");
        assertThat(names(new Sampling(0.8, 1, 0, 0, 0, 0, OptionalLong.of(1), Map.of())))
                .containsExactly("temp", "dist");
        assertThat(names(new Sampling(0, 0.9, 40, 0.05, 0, 0, OptionalLong.empty(), Map.of())))
                .containsExactly("greedy");
        assertThat(names(new Sampling(1e-9, 0.9, 40, 0.05, 0, 0, OptionalLong.empty(), Map.of())))
                .containsExactly("greedy");
        assertThat(names(new Sampling(1, 0.9, 1, 0, 0, 0.5, OptionalLong.empty(), Map.of())))
                .containsExactly("penalties", "greedy");
    }

    private void check(StructLayout layout) {
        var defaults =
                Map.<String, Number>of(
                        "n_ctx", 512, "n_outputs_max_per_seq", 1, "swa_full", (byte) 1);
        LayoutCheck.check(symbols, "0.5.0", "llama_context_default_params", layout, defaults);
    }

    /// As a compiler would lay it out.
    private static StructLayout without(StructLayout layout, String field) {
        var members = new ArrayList<MemoryLayout>();
        long offset = 0;
        for (var member : layout.memberLayouts()) {
            if (member.name().isEmpty() || member.name().get().equals(field)) {
                continue;
            }
            long gap =
                    (member.byteAlignment() - offset % member.byteAlignment())
                            % member.byteAlignment();
            if (gap > 0) {
                members.add(MemoryLayout.paddingLayout(gap));
            }
            members.add(member);
            offset += gap + member.byteSize();
        }
        return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
    }

    private List<String> names(Sampling sampling) {
        var functions = new SamplerFunctions(symbols);
        var count = symbols.function("llama_sampler_chain_n", JAVA_INT, ADDRESS);
        var get = symbols.function("llama_sampler_chain_get", ADDRESS, ADDRESS, JAVA_INT);
        var name = symbols.function("llama_sampler_name", ADDRESS, ADDRESS);
        try (var chain = new SamplerChain(functions, MemorySegment.NULL, sampling, 1, 100, 10)) {
            var names = new ArrayList<String>();
            int size = Native.call(() -> (int) count.invokeExact(chain.pointer()));
            for (int i = 0; i < size; i++) {
                int at = i;
                var sampler =
                        Native.call(() -> (MemorySegment) get.invokeExact(chain.pointer(), at));
                names.add(
                        Native.string(
                                Native.call(() -> (MemorySegment) name.invokeExact(sampler))));
            }
            return names;
        }
    }
}
