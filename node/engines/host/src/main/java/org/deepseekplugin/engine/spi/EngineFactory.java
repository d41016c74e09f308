package org.deepseekplugin.engine.spi;

import org.deepseekplugin.platform.errors.PlatformException;

/// Makes one kind of engine. Found by `ServiceLoader`.
public interface EngineFactory {
    /// As in `--engine`: `llama`.
    String name();

    /// Loads the weights; takes seconds.
    ///
    /// @throws PlatformException `invalid_config` naming the setting, the reason and the remedy
    Engine start(EngineSettings settings);
}
