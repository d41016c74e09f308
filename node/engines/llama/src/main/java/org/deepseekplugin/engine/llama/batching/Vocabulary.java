package org.deepseekplugin.engine.llama.batching;

/// The words of a model. Thread-safe.
public interface Vocabulary {
    /// @param special whether text such as `<|im_end|>` becomes the control token of that name
    /// @param begin whether to put the model's begin-of-text token first, if it wants one
    int[] tokenize(String text, boolean special, boolean begin);

    /// What a token adds to the text: maybe a part of a character, nothing for a control token.
    byte[] bytes(int token);

    /// Whether the model ends its turn with this token.
    boolean ends(int token);

    int size();
}
