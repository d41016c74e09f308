package org.deepseekplugin.server;

import java.util.List;
import org.deepseekplugin.gateway.ledger.EngineRecord;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.orchestrator.nodes.UsageSink;
import org.deepseekplugin.protocol.UsageRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what engines report to the ledger. Only what the ledger has written is acknowledged; the
/// agent sends the rest again.
final class EngineRecords implements UsageSink {
    private static final Logger log = LoggerFactory.getLogger(EngineRecords.class);

    private final Ledger ledger;

    EngineRecords(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void accept(String node, List<UsageRecord> records, Runnable durable) {
        var _ =
                ledger.told(records.stream().map(EngineRecords::record).toList())
                        .whenComplete((written, failure) -> {
                            if (failure == null) {
                                durable.run();
                            } else {
                                log.atWarn()
                                        .addKeyValue("node", node)
                                        .setCause(failure)
                                        .log("usage could not be written, it will come again");
                            }
                        });
    }

    private static EngineRecord record(UsageRecord usage) {
        return new EngineRecord(
                usage.request(),
                usage.replica(),
                new Tokens(usage.promptTokens(), usage.cachedTokens(), usage.completionTokens()),
                usage.finish(),
                usage.at());
    }
}
