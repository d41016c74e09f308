package org.deepseekplugin.agent.machine;

import java.nio.file.Path;
import java.util.Map;

/// Chooses the probe by what this machine has.
public final class Accelerators {

    public static AcceleratorProbe find(Map<String, String> environment) {
        var file = environment.get("DEEPSEEK_ACCELERATORS_FILE");
        if (file != null) {
            return new FileAccelerators(Path.of(file));
        }
        return AcceleratorProbe.NONE;
    }

    private Accelerators() {}
}
