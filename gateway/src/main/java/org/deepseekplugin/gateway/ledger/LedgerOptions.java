package org.deepseekplugin.gateway.ledger;

import java.time.Duration;
import org.deepseekplugin.gateway.ledger.files.Retention;

/// How the ledger writes.
///
/// @param flush how long entries may wait to be written together: what a kill may cost
/// @param settleAfter how long an engine may take to tell of an attempt that has ended
/// @param segmentBytes a longer file is closed and a new one begun
/// @param queue entries that may wait; with more, no new request is taken
/// @param retention how much is kept line by line; the sums are kept for ever
public record LedgerOptions(
        Duration flush, Duration settleAfter, long segmentBytes, int queue, Retention retention) {
    public static final LedgerOptions DEFAULT =
            new LedgerOptions(
                    Duration.ofMillis(50),
                    Duration.ofMinutes(1),
                    64L * 1024 * 1024,
                    100_000,
                    Retention.DEFAULT);

    public LedgerOptions withRetention(Retention retention) {
        return new LedgerOptions(flush, settleAfter, segmentBytes, queue, retention);
    }
}
