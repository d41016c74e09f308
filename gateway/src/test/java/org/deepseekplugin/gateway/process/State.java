package org.deepseekplugin.gateway.process;

import org.deepseekplugin.gateway.ledger.Totals;
import org.deepseekplugin.gateway.ledger.Usage;

/// The account as a child tells it.
record State(Totals sum, int pending) {
    static State of(Usage usage) {
        return new State(usage.sum(), usage.pending());
    }
}
