package org.deepseekplugin.engine.llama.batching;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Continuous batching. Each step reads one token of every running sequence and, in what room is
/// left, pieces of the prompts that are still unread; sequences join and leave between steps.
///
/// [#step] belongs to one thread; what others call goes through the [Inbox].
final class DecodeLoop {
    /// Prompt tokens in a step that others wait for: bounds how long their next token takes.
    static final int PROMPT_TOKENS_BESIDE_OTHERS = 64;

    /// Copying a slot costs about as much as reading so many tokens.
    private static final int WORTH_COPYING = 64;

    private static final Logger log = LoggerFactory.getLogger(DecodeLoop.class);

    /// A sequence whose next token comes out of a row of this step.
    private record Sampled(Slot slot, Sequence sequence, int row) {}

    private final Decoder decoder;
    private final Vocabulary vocabulary;
    private final Inbox inbox;
    private final RandomGenerator seeds;
    private final List<Slot> slots = new ArrayList<>();
    private long steps;
    private volatile EngineStats stats = EngineStats.IDLE;
    private long promptTokens;
    private long generatedTokens;

    DecodeLoop(Decoder decoder, Vocabulary vocabulary, Inbox inbox, RandomGenerator seeds) {
        this.decoder = decoder;
        this.vocabulary = vocabulary;
        this.inbox = inbox;
        this.seeds = seeds;
        for (int i = 0; i < decoder.slots(); i++) {
            slots.add(new Slot(i, decoder.slotTokens()));
        }
        publishStats();
    }

    EngineStats stats() {
        return stats;
    }

    /// @return whether there was anything to do
    boolean step() {
        steps++;
        endCancelled();
        admit();
        boolean worked = running() > 0;
        if (worked) {
            decode(fillBatch());
        }
        publishStats();
        return worked;
    }

    /// Makes one token that nobody sees, so that the first that somebody does is made as fast as
    /// all others: weights are read from the disk, native code is loaded and linked.
    void rehearse() {
        decoder.trim();
        int token = vocabulary.tokenize("a", false, true)[0];
        int row = decoder.add(token, 0, 0, true);
        if (decoder.decode()) {
            try (var sampler = decoder.sampler(Sampling.TYPICAL, 0)) {
                sampler.sample(row);
            }
        }
        decoder.truncate(0, 0);
    }

    /// Ends everything, as cancelled.
    void cancelAll() {
        inbox.close();
        for (var slot : slots) {
            if (!slot.isFree()) {
                sequence(slot).cancel();
            }
        }
        endCancelled();
        publishStats();
    }

    private void endCancelled() {
        for (var gone : inbox.takeCancelled()) {
            inbox.forget(gone);
            gone.end(Finish.CANCELLED);
        }
        for (var slot : slots) {
            if (!slot.isFree() && sequence(slot).isCancelled()) {
                end(slot, Finish.CANCELLED);
            }
        }
    }

    private void admit() {
        while (slots.stream().anyMatch(Slot::isFree)) {
            var sequence = inbox.poll();
            if (sequence == null) {
                return;
            }
            start(sequence);
        }
    }

    /// Takes the free slot that holds most of the prompt; among equals the one unused for longest.
    private void start(Sequence sequence) {
        var slot =
                slots.stream()
                        .filter(Slot::isFree)
                        .max(
                                comparingInt((Slot s) -> reusable(s, sequence))
                                        .thenComparing(comparingLong(Slot::lastUsed).reversed()))
                        .orElseThrow();
        copyFromBetter(slot, sequence);
        int cached = reusable(slot, sequence);
        decoder.truncate(slot.index, cached);
        slot.truncate(cached);
        slot.start(sequence, steps);
        long seed = sequence.sampling.seed().orElseGet(seeds::nextLong);
        sequence.begin(cached, decoder.sampler(sequence.sampling, seed));
        promptTokens += cached;
    }

    private void copyFromBetter(Slot slot, Sequence sequence) {
        var best = slots.stream().max(comparingInt(s -> reusable(s, sequence))).orElseThrow();
        if (reusable(best, sequence) >= reusable(slot, sequence) + WORTH_COPYING) {
            decoder.copy(best.index, slot.index);
            slot.copyOf(best);
        }
    }

    /// The last prompt token is always read: the first answer token comes out of it.
    private static int reusable(Slot slot, Sequence sequence) {
        return Math.min(slot.commonPrefix(sequence.prompt), sequence.prompt.length - 1);
    }

    private List<Sampled> fillBatch() {
        var sampled = new ArrayList<Sampled>();
        var reading = new ArrayList<Slot>();
        for (var slot : slots) {
            if (!slot.isFree() && sequence(slot).isDecoding()) {
                sampled.add(addNext(slot));
            } else if (!slot.isFree()) {
                reading.add(slot);
            }
        }
        int room = decoder.stepTokens() - sampled.size();
        if (!sampled.isEmpty()) {
            room = Math.min(room, PROMPT_TOKENS_BESIDE_OTHERS);
        }
        reading.sort(comparingLong(Slot::lastUsed));
        for (var slot : reading) {
            room -= addPrompt(slot, room, sampled);
        }
        return sampled;
    }

    private Sampled addNext(Slot slot) {
        var sequence = sequence(slot);
        int row = decoder.add(sequence.next(), slot.length(), slot.index, true);
        slot.append(sequence.next());
        return new Sampled(slot, sequence, row);
    }

    private int addPrompt(Slot slot, int room, List<Sampled> sampled) {
        var sequence = sequence(slot);
        int count = Math.min(room, sequence.unreadTokens());
        for (int i = 0; i < count; i++) {
            boolean last = sequence.unreadTokens() == 1;
            int token = sequence.readToken();
            int row = decoder.add(token, slot.length(), slot.index, last);
            slot.append(token);
            if (last) {
                sampled.add(new Sampled(slot, sequence, row));
            }
        }
        promptTokens += count;
        return count;
    }

    private void decode(List<Sampled> sampled) {
        if (!decoder.decode()) {
            failAll();
            return;
        }
        for (var next : sampled) {
            accept(next);
        }
    }

    private void accept(Sampled next) {
        var sequence = next.sequence();
        int token = sequence.sample(next.row());
        generatedTokens++;
        if (vocabulary.ends(token)) {
            end(next.slot(), Finish.STOP);
            return;
        }
        sequence.show(vocabulary.bytes(token));
        if (sequence.isBroken()) {
            end(next.slot(), Finish.ERROR);
        } else if (sequence.hasStopped()) {
            end(next.slot(), Finish.STOP);
        } else if (sequence.isFull() || next.slot().length() + 1 >= next.slot().capacity()) {
            end(next.slot(), Finish.LENGTH);
        }
    }

    /// What the slots hold after a failed step is unknown.
    private void failAll() {
        for (var slot : slots) {
            if (!slot.isFree()) {
                decoder.truncate(slot.index, 0);
                slot.truncate(0);
                end(slot, Finish.ERROR);
            }
        }
    }

    private void end(Slot slot, Finish finish) {
        var sequence = sequence(slot);
        slot.release(steps);
        inbox.forget(sequence);
        log.atDebug()
                .addKeyValue("request", sequence.id)
                .addKeyValue("finish", finish)
                .log("generation ended");
        sequence.end(finish);
    }

    private int running() {
        int running = 0;
        for (var slot : slots) {
            running += slot.isFree() ? 0 : 1;
        }
        return running;
    }

    private static Sequence sequence(Slot slot) {
        var sequence = slot.running();
        if (sequence == null) {
            throw new IllegalStateException("slot " + slot.index + " is free");
        }
        return sequence;
    }

    private void publishStats() {
        int held = 0;
        for (var slot : slots) {
            held += slot.length();
        }
        stats =
                new EngineStats(
                        running(),
                        inbox.waiting(),
                        slots.size(),
                        (double) held / (slots.size() * (double) decoder.slotTokens()),
                        promptTokens,
                        generatedTokens,
                        Unknown.NONE);
    }
}
