package org.deepseekplugin.engine.llama.batching;

import org.deepseekplugin.engine.spi.Sampling;

/// A model with room for several sequences side by side, one a slot. Belongs to one thread.
///
/// A step is: [#add] for every token, [#decode], then [Sampler#sample] for the rows that asked for
/// it.
public interface Decoder extends AutoCloseable {
    /// Before the first step: lets go of memory that is not needed yet.
    void trim();

    int slots();

    /// Tokens that a slot has room for.
    int slotTokens();

    /// Tokens that one step has room for.
    int stepTokens();

    /// @param position of the token in its slot; the slot holds all before it
    /// @param sampled whether the token after this one will be sampled
    /// @return the row to sample from
    int add(int token, int position, int slot, boolean sampled);

    /// Reads what was added. After a failure the slots of this step are in an undefined state.
    ///
    /// @return whether it worked
    boolean decode();

    /// Forgets what a slot holds from this position on.
    void truncate(int slot, int position);

    /// Makes `to` hold what `from` holds.
    void copy(int from, int to);

    Sampler sampler(Sampling sampling, long seed);

    @Override
    void close();

    /// Chooses the tokens of one sequence; remembers them for the penalties.
    interface Sampler extends AutoCloseable {
        int sample(int row);

        @Override
        void close();
    }
}
