package org.deepseekplugin.agent.engine;

import java.nio.file.Path;

/// Where an engine and its supervisor write.
///
/// @param usage the file that terminal records of requests are appended to
public record EngineFolder(Path root, Path usage) {
    /// Gets the port the engine listens on.
    Path port() {
        return root.resolve("port");
    }

    /// The engine's output.
    Path log() {
        return root.resolve("engine.log");
    }
}
