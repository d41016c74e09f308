package org.deepseekplugin.gateway.ledger;

import java.time.Instant;

/// One line of the ledger.
sealed interface Entry {

    record Opened(Attempt attempt) implements Entry {}

    /// So much of an answer has passed by, and there may be more.
    record Passed(String attempt, long completion) implements Entry {}

    record Closed(Observed observed) implements Entry {}

    /// The engine told what it did.
    record Told(EngineRecord record) implements Entry {}

    /// The engine did not tell in time: what was observed counts until it does.
    record Assumed(String attempt, Instant at) implements Entry {}

    /// A row of the account as it stood when the segment began.
    record Carried(Account account, Totals totals) implements Entry {}

    /// An attempt that was assumed before the segment began and may still be told of.
    record Doubtful(String attempt, Account account, Totals assumed, Instant at) implements Entry {}
}
