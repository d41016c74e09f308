package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// llama.cpp loaded into this process, with the variant of its CPU code that fits the processor.
public final class LlamaLibrary {
    private final Symbols symbols;
    private final NativeLog log;
    private final String version;

    /// @throws PlatformException when the folder lacks a library or holds another release
    public LlamaLibrary(Path natives) {
        symbols = new Symbols(natives.toAbsolutePath());
        var versionOf = symbols.function("llama_version", ADDRESS);
        version = Native.string(Native.call(() -> (MemorySegment) versionOf.invokeExact()));
        if (!version.startsWith(Layouts.RELEASE + ".")) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "--natives %s holds llama.cpp %s; this build needs release %s."
                            .formatted(natives, version, Layouts.RELEASE));
        }
        LayoutCheck.run(symbols, version);
        log = new NativeLog(symbols);
        loadBackends(natives.toAbsolutePath());
        var init = symbols.procedure("llama_backend_init");
        Native.run(() -> {
            init.invokeExact();
        });
    }

    public String version() {
        return version;
    }

    Symbols symbols() {
        return symbols;
    }

    /// The last error that the library logged: its functions say only that they failed.
    String lastError() {
        return log.lastError();
    }

    private void loadBackends(Path natives) {
        var load = symbols.procedure("ggml_backend_load_all_from_path", ADDRESS);
        if (devices() == 0) {
            try (var arena = Arena.ofConfined()) {
                var path = arena.allocateFrom(natives.toString());
                Native.run(() -> {
                    load.invokeExact(path);
                });
            }
        }
        if (devices() == 0) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "--natives "
                            + natives
                            + " holds no libggml-cpu-*.so that fits this processor.");
        }
    }

    private long devices() {
        var count = symbols.function("ggml_backend_dev_count", JAVA_LONG);
        return Native.call(() -> (long) count.invokeExact());
    }

    int intOf(String function, MemorySegment object) {
        var handle = symbols.function(function, JAVA_INT, ADDRESS);
        return Native.call(() -> (int) handle.invokeExact(object));
    }

    MemorySegment pointerOf(String function, MemorySegment object) {
        var handle = symbols.function(function, ADDRESS, ADDRESS);
        return Native.call(() -> (MemorySegment) handle.invokeExact(object));
    }

    void free(String function, MemorySegment object) {
        var handle = symbols.procedure(function, ADDRESS);
        Native.run(() -> {
            handle.invokeExact(object);
        });
    }
}
