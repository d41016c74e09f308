package org.deepseekplugin.gateway.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An attempt that is running, or whose engine has not told yet, and what is known of it so far.
final class OpenAttempt {
    /// An agent that could not reach its engine: most likely nothing began, but if something did,
    /// the engine's word will come.
    private static final int BAD_GATEWAY = 502;

    private final Attempt attempt;
    private @Nullable Observed observed;
    private long passed;

    OpenAttempt(Attempt attempt) {
        this.attempt = attempt;
    }

    void passed(long completion) {
        passed = Math.max(passed, completion);
    }

    void closed(Observed observed) {
        this.observed = observed;
    }

    boolean isClosed() {
        return observed != null;
    }

    boolean isFirst() {
        return attempt.number() == 1;
    }

    Account account() {
        return Account.of(attempt);
    }

    /// What counts while the engine does not tell. What an answer stated is as good as told;
    /// otherwise it is an estimate, never zero: the prompt by its length, the answer by what
    /// passed.
    Totals assumption() {
        if (observed == null) {
            return Totals.estimate(new Tokens(attempt.promptEstimate(), 0, passed));
        }
        var seen = observed.tokens();
        if (observed.stated()) {
            return Totals.exact(seen);
        }
        if (observed.status() == BAD_GATEWAY) {
            return Totals.NONE;
        }
        return Totals.estimate(
                new Tokens(
                        Math.max(attempt.promptEstimate(), seen.prompt()),
                        seen.cached(),
                        Math.max(passed, seen.completion())));
    }

    /// What makes it anew.
    List<Entry> entries() {
        var entries = new ArrayList<Entry>(3);
        entries.add(new Entry.Opened(attempt));
        if (passed > 0) {
            entries.add(new Entry.Passed(attempt.id(), passed));
        }
        if (observed != null) {
            entries.add(new Entry.Closed(observed));
        }
        return entries;
    }
}
