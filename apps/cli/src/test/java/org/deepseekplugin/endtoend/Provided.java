package org.deepseekplugin.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.repository.Repository;

/// What `./dev setup` provides. A test that misses something is skipped and says so.
final class Provided {

    static Path testTools() {
        return Optional.ofNullable(System.getenv("DEEPSEEK_TEST_TOOLS"))
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(
                                System.getProperty("user.home"),
                                ".cache/deepseek-plugin/test-tools"));
    }

    /// A clean data directory that need not fetch the weights again: they are verified all the
    /// same.
    static Path dataDir(Path folder) throws IOException {
        assumeTrue(
                Files.exists(Repository.root().resolve("target/dist/current/java.args")),
                "the product is not built: ./dev setup");
        var dataDir = Files.createDirectories(folder.resolve("data"));
        var model = ModelCatalog.bundled(java.util.Map.of()).models().iterator().next();
        for (var file : model.weights()) {
            var source = testTools().resolve("weights").resolve(file.name());
            assumeTrue(Files.exists(source), source + " is missing: ./dev setup");
            var weights = Files.createDirectories(dataDir.resolve("weights"));
            Files.copy(source, weights.resolve(file.sha256()));
        }
        return dataDir;
    }

    static Path python() {
        var python = testTools().resolve("venv/bin/python");
        assumeTrue(Files.isExecutable(python), python + " is missing: ./dev setup");
        return python;
    }

    private Provided() {}
}
