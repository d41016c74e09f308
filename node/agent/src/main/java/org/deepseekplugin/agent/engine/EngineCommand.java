package org.deepseekplugin.agent.engine;

import java.util.List;
import java.util.Map;

/// A process to start. It must write its port into [EngineFolder#port] when it listens (on
/// 127.0.0.1), and end when its standard input does.
///
/// @param env added to the agent's own environment
public record EngineCommand(List<String> argv, Map<String, String> env, Probes probes) {

    /// Paths on the engine's own HTTP server.
    ///
    /// @param health answers 200 when requests are welcome
    /// @param stats answers an `EngineStats` in JSON; empty where the engine has none
    /// @param drain refuses new requests after a POST; empty where the engine cannot
    public record Probes(String health, String stats, String drain) {}
}
