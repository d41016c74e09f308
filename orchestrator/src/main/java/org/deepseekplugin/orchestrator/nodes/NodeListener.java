package org.deepseekplugin.orchestrator.nodes;

/// Told when a node joined, died, or an engine on it changed its state. May be told too often.
@FunctionalInterface
public interface NodeListener {
    /// @param replicas concerned, as far as the node names them
    void changed(String node, java.util.Set<String> replicas);
}
