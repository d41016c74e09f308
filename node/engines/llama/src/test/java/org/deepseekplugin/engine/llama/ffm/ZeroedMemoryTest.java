package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.engine.llama.ffm.MappedMemory.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ZeroedMemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    void memory_that_was_only_zeroed_is_resident_no_more() throws IOException {
        try (var arena = Arena.ofConfined()) {
            var allocated = ZeroedMemory.of(() -> zeroed(arena, 200 * MIB));
            long before = resident();

            long released = allocated.memory().release();

            assertThat(released).isGreaterThan(190 * MIB);
            assertThat(before - resident()).isGreaterThan(180 * MIB);
            assertThat(allocated.result().asSlice(100 * MIB, MIB).toArray(JAVA_BYTE))
                    .containsOnly(0);
        }
    }

    @Test
    void what_was_written_stays() {
        try (var arena = Arena.ofConfined()) {
            var allocated =
                    ZeroedMemory.of(() -> {
                        var memory = zeroed(arena, 200 * MIB);
                        memory.set(JAVA_BYTE, 0, (byte) 1);
                        memory.set(JAVA_BYTE, 70 * MIB + 12345, (byte) 2);
                        memory.set(JAVA_BYTE, 90 * MIB, (byte) 3);
                        memory.set(JAVA_BYTE, 200 * MIB - 1, (byte) 4);
                        return memory;
                    });

            assertThat(allocated.memory().release()).isBetween(150 * MIB, 196 * MIB);

            var memory = allocated.result();
            assertThat(memory.get(JAVA_BYTE, 0)).isEqualTo((byte) 1);
            assertThat(memory.get(JAVA_BYTE, 70 * MIB + 12345)).isEqualTo((byte) 2);
            assertThat(memory.get(JAVA_BYTE, 90 * MIB)).isEqualTo((byte) 3);
            assertThat(memory.get(JAVA_BYTE, 200 * MIB - 1)).isEqualTo((byte) 4);
        }
    }

    @Test
    void memory_of_others_is_none_of_its_business() {
        try (var arena = Arena.ofConfined()) {
            zeroed(arena, 100 * MIB);

            var allocated = ZeroedMemory.of(() -> "nothing");

            assertThat(allocated.memory().release()).isZero();
        }
    }

    @Test
    void ranges_are_cut_where_others_lie() {
        var ranges = new MappedMemory(List.of(new Range(10, 20), new Range(30, 40)));
        var others =
                new MappedMemory(
                        List.of(
                                new Range(0, 12),
                                new Range(14, 16),
                                new Range(18, 33),
                                new Range(50, 60)));

        assertThat(ranges.without(others).ranges())
                .containsExactlyInAnyOrder(new Range(12, 14), new Range(16, 18), new Range(33, 40));
    }

    private static MemorySegment zeroed(Arena arena, long size) {
        return arena.allocate(size).fill((byte) 0);
    }

    private static long resident() throws IOException {
        var pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }
}
