package org.deepseekplugin.engine;

import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Makes fake engines, unless the weights are called `broken`.
public final class FakeEngineFactory implements EngineFactory {
    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Engine start(EngineSettings settings) {
        if (settings.weights().endsWith("broken")) {
            throw new PlatformException(ErrorCode.INVALID_CONFIG, "--weights broken are broken.");
        }
        return new FakeEngine(settings.slots() + settings.queue());
    }
}
