package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A `llama_batch` with its arrays, filled row by row.
final class LlamaBatch implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final int capacity;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequences;
    private final MemorySegment sampled;
    private int rows;

    LlamaBatch(int capacity) {
        this.capacity = capacity;
        tokens = arena.allocate(JAVA_INT, capacity);
        positions = arena.allocate(JAVA_INT, capacity);
        sequences = arena.allocate(JAVA_INT, capacity);
        sampled = arena.allocate(JAVA_BYTE, capacity);
        struct = arena.allocate(Layouts.BATCH);
        point("token", tokens);
        point("pos", positions);
        point("n_seq_id", ones());
        point("seq_id", pointersInto(sequences));
        point("logits", sampled);
    }

    int capacity() {
        return capacity;
    }

    MemorySegment struct() {
        struct.set(JAVA_INT, Layouts.offset(Layouts.BATCH, "n_tokens"), rows);
        return struct;
    }

    int add(int token, int position, int sequence, boolean isSampled) {
        tokens.setAtIndex(JAVA_INT, rows, token);
        positions.setAtIndex(JAVA_INT, rows, position);
        sequences.setAtIndex(JAVA_INT, rows, sequence);
        sampled.set(JAVA_BYTE, rows, (byte) (isSampled ? 1 : 0));
        return rows++;
    }

    void clear() {
        rows = 0;
    }

    @Override
    public void close() {
        arena.close();
    }

    private void point(String field, MemorySegment array) {
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, field), array);
    }

    /// Each token belongs to one sequence.
    private MemorySegment ones() {
        var ones = arena.allocate(JAVA_INT, capacity);
        for (int i = 0; i < capacity; i++) {
            ones.setAtIndex(JAVA_INT, i, 1);
        }
        return ones;
    }

    private MemorySegment pointersInto(MemorySegment array) {
        var pointers = arena.allocate(ADDRESS, capacity);
        for (int i = 0; i < capacity; i++) {
            pointers.setAtIndex(ADDRESS, i, array.asSlice(i * 4L, 4));
        }
        return pointers;
    }
}
