package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Builds a library that has NVML's functions and no GPU.
final class FakeNvml {
    private static final Path GCC = Path.of("/usr/bin/gcc");

    /// Skips the test, saying so, where there is no C compiler.
    static Path build(Path folder, String... flags) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(GCC), GCC + " is missing: NVML is not tested");
        var library = folder.resolve("libfake-nvml.so");
        var argv = new ArrayList<>(List.of(GCC.toString(), "-shared", "-fPIC", "-Wall", "-Werror"));
        argv.addAll(List.of(flags));
        argv.addAll(List.of("-x", "c", "-", "-o", library.toString()));
        var compiler = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (var source = FakeNvml.class.getResourceAsStream("/fake-nvml.c");
                var input = compiler.getOutputStream()) {
            source.transferTo(input);
        }
        var complaints = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as(complaints).isZero();
        return library;
    }

    private FakeNvml() {}
}
