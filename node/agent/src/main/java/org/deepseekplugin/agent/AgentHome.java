package org.deepseekplugin.agent;

import java.nio.file.Path;

/// Everything an agent keeps is below one folder.
record AgentHome(Path root) {
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

    Path engines() {
        return root.resolve("engines");
    }
}
