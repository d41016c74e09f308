package org.deepseekplugin.agent.engine;

import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.protocol.EngineSpec;

/// How one kind of engine is started. A new engine is one implementation of this.
public interface EngineLauncher {
    /// As in [EngineSpec#engine].
    String name();

    /// @param weights the verified files, in the order of [EngineSpec#weights]
    /// @param folder where the engine may write
    EngineCommand command(EngineSpec spec, List<Path> weights, EngineFolder folder);
}
