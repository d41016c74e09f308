package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.engine.llama.batching.Vocabulary;

/// Text to tokens and back. Thread-safe, as the library's vocabulary never changes.
public final class LlamaVocabulary implements Vocabulary {
    private static final int LLAMA_TOKEN_ATTR_CONTROL = 1 << 3;
    private static final int LONGEST_PIECE = 256;

    private final LlamaLibrary library;
    private final MemorySegment vocab;
    private final MethodHandle tokenize;
    private final MethodHandle toPiece;
    private final MethodHandle isEnd;
    private final int size;

    LlamaVocabulary(LlamaLibrary library, MemorySegment vocab) {
        var symbols = library.symbols();
        this.library = library;
        this.vocab = vocab;
        this.size = library.intOf("llama_vocab_n_tokens", vocab);
        this.tokenize =
                symbols.function(
                        "llama_tokenize",
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_BOOLEAN,
                        JAVA_BOOLEAN);
        this.toPiece =
                symbols.function(
                        "llama_token_to_piece",
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_BOOLEAN);
        this.isEnd = symbols.function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    }

    @Override
    public int[] tokenize(String text, boolean special, boolean begin) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (var arena = Arena.ofConfined()) {
            var in = arena.allocateFrom(JAVA_BYTE, utf8);
            // a token is a byte at least; two more for begin and end of text
            var out = arena.allocate(JAVA_INT, utf8.length + 2L);
            int count =
                    Native.call(() ->
                            (int)
                                    tokenize.invokeExact(
                                            vocab,
                                            in,
                                            utf8.length,
                                            out,
                                            utf8.length + 2,
                                            begin,
                                            special));
            if (count < 0) {
                throw new IllegalStateException(
                        "%d bytes became %d tokens".formatted(utf8.length, -count));
            }
            return out.asSlice(0, count * 4L).toArray(JAVA_INT);
        }
    }

    @Override
    public byte[] bytes(int token) {
        return piece(token, false);
    }

    @Override
    public boolean ends(int token) {
        return Native.call(() -> (boolean) isEnd.invokeExact(vocab, token));
    }

    @Override
    public int size() {
        return size;
    }

    /// The text of the token that begins each text; empty if the model has none.
    public String beginOfText() {
        return name(library.intOf("llama_vocab_bos", vocab));
    }

    public String endOfText() {
        return name(library.intOf("llama_vocab_eos", vocab));
    }

    /// Texts such as `<|im_end|>` that mean control tokens.
    public List<String> controlTexts() {
        var attribute =
                library.symbols().function("llama_vocab_get_attr", JAVA_INT, ADDRESS, JAVA_INT);
        var names = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            int token = i;
            int attributes = Native.call(() -> (int) attribute.invokeExact(vocab, token));
            if ((attributes & LLAMA_TOKEN_ATTR_CONTROL) != 0) {
                names.add(name(token));
            }
        }
        return List.copyOf(names);
    }

    private String name(int token) {
        return token < 0 ? "" : new String(piece(token, true), StandardCharsets.UTF_8);
    }

    private byte[] piece(int token, boolean special) {
        try (var arena = Arena.ofConfined()) {
            var first = arena.allocate(LONGEST_PIECE);
            int length = pieceInto(first, token, special);
            if (length >= 0) {
                return first.asSlice(0, length).toArray(JAVA_BYTE);
            }
            var enough = arena.allocate(-length);
            return enough.asSlice(0, pieceInto(enough, token, special)).toArray(JAVA_BYTE);
        }
    }

    private int pieceInto(MemorySegment buffer, int token, boolean special) {
        return Native.call(() ->
                (int)
                        toPiece.invokeExact(
                                vocab, token, buffer, (int) buffer.byteSize(), 0, special));
    }
}
