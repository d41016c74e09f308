package org.deepseekplugin.engine.llama;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `./dev setup` provides. A test that misses something is skipped and says so.
public final class TestTools {

    public static Path weights() {
        return only("weights", ".gguf");
    }

    public static Path natives() {
        return only("natives/llama", "");
    }

    public static Path python() {
        var python = folder().resolve("venv/bin/python");
        assumeTrue(Files.isExecutable(python), python + " is missing: ./dev setup");
        return python;
    }

    private static Path only(String name, String ending) {
        var parent = folder().resolve(name);
        assumeTrue(Files.isDirectory(parent), parent + " is missing: ./dev setup");
        try (var files = Files.list(parent)) {
            var found = files.filter(file -> file.toString().endsWith(ending)).toList();
            assumeTrue(found.size() == 1, parent + " does not hold one: ./dev setup");
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv("DEEPSEEK_TEST_TOOLS"))
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(
                                System.getProperty("user.home"),
                                ".cache/deepseek-plugin/test-tools"));
    }

    private TestTools() {}
}
