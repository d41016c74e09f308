package org.deepseekplugin.engine.llama.batching;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.engine.spi.Sampling;

/// A model whose next token depends on everything before it, and on nothing else: whatever the
/// batches were, a prompt must lead to the same text. It checks what a KV cache takes for granted.
///
/// Tokens are bytes; 0 ends the text. About one token in `endsEvery` does.
final class FakeModel implements Decoder, Vocabulary {
    private static final int END = 0;

    record Row(int slot, int token, boolean sampled) {}

    private final int slotTokens;
    private final int stepTokens;
    private final int endsEvery;
    private final List<List<Integer>> slots = new ArrayList<>();
    private final List<Row> batch = new ArrayList<>();
    private final List<Integer> heldAtRow = new ArrayList<>();
    final List<List<Row>> steps = new ArrayList<>();
    int copies;
    int openSamplers;
    boolean fails;
    volatile boolean breaks;

    FakeModel(int slotCount, int slotTokens, int stepTokens, int endsEvery) {
        this.slotTokens = slotTokens;
        this.stepTokens = stepTokens;
        this.endsEvery = endsEvery;
        for (int i = 0; i < slotCount; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /// What this model says after a prompt, at most so many tokens.
    String textAfter(String prompt, int maxTokens) {
        var tokens = new ArrayList<Integer>();
        for (int token : tokenize(prompt, true, true)) {
            tokens.add(token);
        }
        var text = new StringBuilder();
        for (int i = 0; i < maxTokens; i++) {
            int next = next(tokens);
            if (next == END) {
                break;
            }
            tokens.add(next);
            text.append((char) next);
        }
        return text.toString();
    }

    private int next(List<Integer> tokens) {
        int hash = tokens.hashCode() * 0x9E3779B9;
        hash ^= hash >>> 15;
        return Integer.remainderUnsigned(hash, endsEvery) == 0
                ? END
                : 'a' + Integer.remainderUnsigned(hash >>> 8, 26);
    }

    @Override
    public int slots() {
        return slots.size();
    }

    @Override
    public int slotTokens() {
        return slotTokens;
    }

    @Override
    public int stepTokens() {
        return stepTokens;
    }

    @Override
    public int add(int token, int position, int slot, boolean sampled) {
        var held = slots.get(slot);
        if (position != held.size() || position >= slotTokens || batch.size() >= stepTokens) {
            throw new IllegalStateException(
                    "token at %d of slot %d, which holds %d; row %d"
                            .formatted(position, slot, held.size(), batch.size()));
        }
        held.add(token);
        batch.add(new Row(slot, token, sampled));
        heldAtRow.add(held.size());
        return batch.size() - 1;
    }

    @Override
    public boolean decode() {
        if (batch.isEmpty()) {
            throw new IllegalStateException("an empty step");
        }
        if (breaks) {
            throw new IllegalStateException("broken on purpose");
        }
        steps.add(List.copyOf(batch));
        lastHeld = List.copyOf(heldAtRow);
        batch.clear();
        heldAtRow.clear();
        return !fails;
    }

    private List<Integer> lastHeld = List.of();

    @Override
    public void truncate(int slot, int position) {
        var held = slots.get(slot);
        held.subList(Math.min(position, held.size()), held.size()).clear();
    }

    @Override
    public void copy(int from, int to) {
        copies++;
        slots.get(to).clear();
        slots.get(to).addAll(slots.get(from));
    }

    @Override
    public Sampler sampler(Sampling sampling, long seed) {
        openSamplers++;
        return new Sampler() {
            @Override
            public int sample(int row) {
                var of = steps.getLast().get(row);
                if (!of.sampled()) {
                    throw new IllegalStateException("row " + row + " has no logits");
                }
                return next(slots.get(of.slot()).subList(0, lastHeld.get(row)));
            }

            @Override
            public void close() {
                openSamplers--;
            }
        };
    }

    @Override
    public void close() {}

    @Override
    public void trim() {}

    @Override
    public int[] tokenize(String text, boolean special, boolean begin) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var tokens = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            tokens[i] = bytes[i] & 0xFF;
        }
        return tokens;
    }

    @Override
    public byte[] bytes(int token) {
        return new byte[] {(byte) token};
    }

    @Override
    public boolean ends(int token) {
        return token == END;
    }

    @Override
    public int size() {
        return 256;
    }
}
