package org.deepseekplugin.engine.llama.batching;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A place in the KV cache, and the tokens it holds: also after their sequence has ended, so that a
/// prompt that begins alike need not be read again.
final class Slot {
    final int index;
    private final int[] tokens;
    private int length;
    private long lastUsed;
    private @Nullable Sequence running;

    Slot(int index, int capacity) {
        this.index = index;
        this.tokens = new int[capacity];
    }

    @Nullable Sequence running() {
        return running;
    }

    boolean isFree() {
        return running == null;
    }

    void start(Sequence sequence, long step) {
        running = sequence;
        lastUsed = step;
    }

    void release(long step) {
        running = null;
        lastUsed = step;
    }

    long lastUsed() {
        return lastUsed;
    }

    int length() {
        return length;
    }

    int capacity() {
        return tokens.length;
    }

    void append(int token) {
        tokens[length++] = token;
    }

    void truncate(int newLength) {
        length = newLength;
    }

    void copyOf(Slot other) {
        System.arraycopy(other.tokens, 0, tokens, 0, other.length);
        length = other.length;
    }

    /// How many tokens at the beginning are the prompt's.
    int commonPrefix(int[] prompt) {
        int mismatch = Arrays.mismatch(tokens, 0, length, prompt, 0, prompt.length);
        return mismatch < 0 ? length : mismatch;
    }
}
