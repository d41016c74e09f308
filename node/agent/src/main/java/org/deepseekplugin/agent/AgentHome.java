package org.deepseekplugin.agent;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.deepseekplugin.agent.engine.EngineFolder;
import org.deepseekplugin.agent.usage.UsageLogs;

/// Everything an agent keeps is below one folder.
record AgentHome(Path root) {
    private static final Pattern REPLICA = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    Path identity() {
        return root.resolve("identity");
    }

    Path weights() {
        return root.resolve("weights");
    }

    Path usage() {
        return root.resolve("usage");
    }

    /// The last `Desired` that was heard, to serve after a reboot before the control plane is back.
    Path desired() {
        return root.resolve("desired.json");
    }

    /// The port that was served last, to be found again after a reboot.
    Path dataPort() {
        return root.resolve("data-port");
    }

    EngineFolder engine(String replica, UsageLogs usage) {
        if (!REPLICA.matcher(replica).matches()) {
            throw new IllegalArgumentException(
                    "replica \"" + replica + "\" is not of letters, digits and . _ -");
        }
        return new EngineFolder(root.resolve("engines").resolve(replica), usage.current(replica));
    }
}
