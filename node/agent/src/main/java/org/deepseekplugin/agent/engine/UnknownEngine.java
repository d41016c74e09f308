package org.deepseekplugin.agent.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineSpec;

/// Stands for an engine that this agent cannot start, and says so.
record UnknownEngine(String name, Set<String> known) implements EngineLauncher {
    @Override
    public EngineCommand command(EngineSpec spec, List<Path> weights, EngineFolder folder) {
        throw new PlatformException(
                ErrorCode.INVALID_CONFIG,
                "This agent has no engine \""
                        + name
                        + "\"; it has "
                        + String.join(", ", known.stream().sorted().toList())
                        + "."
                        + Nearest.hint(name, known));
    }
}
