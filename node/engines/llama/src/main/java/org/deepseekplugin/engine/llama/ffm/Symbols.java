package org.deepseekplugin.engine.llama.ffm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// The functions of libllama and the two ggml libraries it stands on, found by name.
///
/// File names carry the release: `libllama.v0.5.0.so`.
@SuppressWarnings("restricted") // native access is the point
final class Symbols {
    private final Linker linker = Linker.nativeLinker();
    private final Path folder;
    private final SymbolLookup lookup;

    /// The libraries stay loaded as long as the process: their threads may outlive any owner.
    Symbols(Path folder) {
        this.folder = folder;
        this.lookup = open("ggml-base").or(open("ggml")).or(open("llama"));
    }

    /// @throws PlatformException naming the function when this is another release's library
    MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return linker.downcallHandle(address(name), FunctionDescriptor.of(result, arguments));
    }

    MethodHandle procedure(String name, MemoryLayout... arguments) {
        return linker.downcallHandle(address(name), FunctionDescriptor.ofVoid(arguments));
    }

    MemorySegment upcall(MethodHandle target, MemoryLayout... arguments) {
        return linker.upcallStub(target, FunctionDescriptor.ofVoid(arguments), Arena.global());
    }

    private MemorySegment address(String name) {
        return lookup.find(name)
                .orElseThrow(() ->
                        invalid("have no function " + name + "; they are of another release"));
    }

    private SymbolLookup open(String library) {
        var pattern = Pattern.compile("lib" + library + "(\\.v?[0-9.]+)?\\.(so|dylib)");
        try (var files = Files.list(folder)) {
            var file =
                    files.filter(f -> pattern.matcher(f.getFileName().toString()).matches())
                            .findFirst()
                            .orElseThrow(() -> invalid("lack lib" + library));
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IOException | IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG, "--natives " + folder + " cannot be loaded: " + e, e);
        }
    }

    private PlatformException invalid(String problem) {
        return new PlatformException(
                ErrorCode.INVALID_CONFIG,
                "The libraries in --natives %s %s; llama.cpp %s is needed."
                        .formatted(folder, problem, Layouts.RELEASE));
    }
}
