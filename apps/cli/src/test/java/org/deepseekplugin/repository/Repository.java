package org.deepseekplugin.repository;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the sources are.
public final class Repository {

    /// The folder that holds `deepseek` and `dev`.
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("deepseek"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run the tests inside the repository");
            }
        }
        return folder;
    }

    private Repository() {}
}
