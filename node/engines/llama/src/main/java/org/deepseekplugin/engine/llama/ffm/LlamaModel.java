package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Loaded weights. Thread-safe; must outlive its contexts.
public final class LlamaModel implements AutoCloseable {
    private final LlamaLibrary library;
    private final MemorySegment model;
    private final LlamaVocabulary vocabulary;

    /// @throws PlatformException when the file is no model that this release can load
    public LlamaModel(LlamaLibrary library, Path weights) {
        this.library = library;
        this.model = load(library, weights);
        this.vocabulary =
                new LlamaVocabulary(library, library.pointerOf("llama_model_get_vocab", model));
    }

    public LlamaVocabulary vocabulary() {
        return vocabulary;
    }

    /// Context length of the training; longer ones make bad text.
    public int trainedTokens() {
        return library.intOf("llama_model_n_ctx_train", model);
    }

    /// The model's own chat template, in Jinja.
    public Optional<String> chatTemplate() {
        var function =
                library.symbols().function("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS);
        var text =
                Native.string(
                        Native.call(() ->
                                (MemorySegment) function.invokeExact(model, MemorySegment.NULL)));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /// A value of the weights' metadata, such as `general.name`.
    public Optional<String> metadata(String key) {
        var function =
                library.symbols()
                        .function(
                                "llama_model_meta_val_str",
                                JAVA_INT,
                                ADDRESS,
                                ADDRESS,
                                ADDRESS,
                                JAVA_LONG);
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(key);
            var value = arena.allocate(1024);
            int length =
                    Native.call(
                            () -> (int) function.invokeExact(model, name, value, value.byteSize()));
            return length < 0 ? Optional.empty() : Optional.of(value.getString(0));
        }
    }

    MemorySegment pointer() {
        return model;
    }

    @Override
    public void close() {
        library.free("llama_model_free", model);
    }

    private static MemorySegment load(LlamaLibrary library, Path weights) {
        var defaults =
                library.symbols().function("llama_model_default_params", Layouts.MODEL_PARAMS);
        var load =
                library.symbols()
                        .function(
                                "llama_model_load_from_file",
                                ADDRESS,
                                ADDRESS,
                                Layouts.MODEL_PARAMS);
        try (var arena = Arena.ofConfined()) {
            var params =
                    Native.call(() ->
                            (MemorySegment)
                                    defaults.invokeExact(
                                            (java.lang.foreign.SegmentAllocator) arena));
            var path = arena.allocateFrom(weights.toString());
            var model = Native.call(() -> (MemorySegment) load.invokeExact(path, params));
            if (model.address() == 0) {
                throw new PlatformException(
                        ErrorCode.INVALID_CONFIG,
                        "--weights %s cannot be loaded: %s. It must be a complete GGUF file of a text model."
                                .formatted(weights, library.lastError()));
            }
            return model;
        }
    }
}
