package org.deepseekplugin.orchestrator.nodes;

import java.util.List;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.EngineSpec;

/// Says what a machine shall run.
@FunctionalInterface
public interface EngineSource {
    /// @param instance the machine's id in our books
    List<EngineSpec> engines(Transaction transaction, String instance);
}
