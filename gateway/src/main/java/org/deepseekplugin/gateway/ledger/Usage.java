package org.deepseekplugin.gateway.ledger;

import java.util.Map;

/// The account at one moment.
///
/// @param pending attempts that are running, or whose engine has not told yet; their tokens are not
///   in the totals
public record Usage(Map<Account, Totals> totals, int pending) {

    public Usage {
        totals = Map.copyOf(totals);
    }

    /// All rows together.
    public Totals sum() {
        return totals.values().stream().reduce(Totals.NONE, Totals::plus);
    }
}
