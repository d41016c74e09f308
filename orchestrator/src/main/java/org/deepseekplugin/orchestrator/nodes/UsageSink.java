package org.deepseekplugin.orchestrator.nodes;

import java.util.List;
import org.deepseekplugin.protocol.UsageRecord;

/// Takes the terminal records of requests. The same record may come more than once.
@FunctionalInterface
public interface UsageSink {
    /// @param durable to be run when all records are safe; until then the agent keeps them
    void accept(String node, List<UsageRecord> records, Runnable durable);
}
