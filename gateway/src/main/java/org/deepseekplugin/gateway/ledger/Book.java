package org.deepseekplugin.gateway.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.jspecify.annotations.Nullable;

/// What the entries add up to. The same entries in the same order give the same book, so that it
/// can be had back from the files.
///
/// An attempt counts once, however often and in whatever order its engine tells of it: the first
/// record settles it, and what is settled is forgotten, so that a second one finds nothing. One
/// that was settled by assumption is remembered: a record that comes late corrects it, and one that
/// comes later than [#PATIENCE] is ignored. Not thread-safe.
final class Book {
    /// Attempts whose truth never came are waited for this long, and so many of them.
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final int MAX_DOUBTFUL = 100_000;

    /// So many attempts that have ended may wait for their engines' word; with more, the oldest are
    /// settled early. Engines tell within seconds, and a late word still counts.
    static final int MAX_WAITING = 100_000;

    private final Map<Account, Totals> totals = new HashMap<>();
    private final Map<String, OpenAttempt> open = new LinkedHashMap<>();
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final Map<String, Entry.Doubtful> doubtful = new LinkedHashMap<>();

    /// The engine shall have told of the attempt some time after this.
    private record Due(String attempt, Instant since) {}

    void apply(Entry entry) {
        switch (entry) {
            case Entry.Opened(var attempt) -> opened(attempt);
            case Entry.Passed(var attempt, var completion) -> passed(attempt, completion);
            case Entry.Closed(var observed) -> closed(observed);
            case Entry.Told(var record) -> told(record);
            case Entry.Assumed(var attempt, var at) -> assumed(attempt, at);
            case Entry.Carried(var account, var carried) -> add(account, carried);
            case Entry.Doubtful doubt -> doubtful.put(doubt.attempt(), doubt);
        }
    }

    private void opened(Attempt attempt) {
        if (open.putIfAbsent(attempt.id(), new OpenAttempt(attempt)) == null
                && attempt.number() == 1) {
            add(Account.of(attempt), Totals.request());
        }
    }

    private void passed(String id, long completion) {
        @Nullable OpenAttempt attempt = open.get(id);
        if (attempt != null) {
            attempt.passed(completion);
        }
    }

    private void closed(Observed observed) {
        @Nullable OpenAttempt attempt = open.get(observed.attempt());
        if (attempt == null) {
            return;
        }
        attempt.closed(observed);
        if (neverBegan(observed)) {
            open.remove(observed.attempt());
        } else {
            due.add(new Due(observed.attempt(), observed.at()));
        }
    }

    /// Engines do not tell of what they turned away: a request they cannot take (4xx), or cannot
    /// take now (503).
    private static boolean neverBegan(Observed observed) {
        int status = observed.status();
        boolean turnedAway = (status >= 400 && status < 500) || status == 503;
        return observed.end() == End.NOT_REACHED || (observed.end() == End.WHOLE && turnedAway);
    }

    private void told(EngineRecord record) {
        @Nullable OpenAttempt attempt = open.remove(record.attempt());
        if (attempt != null) {
            add(attempt.account(), Totals.exact(record.tokens()));
            return;
        }
        Entry.@Nullable Doubtful doubt = doubtful.remove(record.attempt());
        if (doubt != null) {
            var before = totals.getOrDefault(doubt.account(), Totals.NONE);
            totals.put(
                    doubt.account(),
                    before.minus(doubt.assumed()).plus(Totals.exact(record.tokens())));
        }
    }

    private void assumed(String id, Instant at) {
        forgetOldDoubts(at);
        @Nullable OpenAttempt attempt = open.remove(id);
        if (attempt != null) {
            var assumed = attempt.assumption();
            add(attempt.account(), assumed);
            doubtful.put(id, new Entry.Doubtful(id, attempt.account(), assumed, at));
        }
    }

    /// By the times of entries alone, so that a book from the files forgets the same.
    private void forgetOldDoubts(Instant now) {
        var oldest = doubtful.values().iterator();
        while (oldest.hasNext()) {
            boolean old = oldest.next().at().plus(PATIENCE).isBefore(now);
            if (!old && doubtful.size() < MAX_DOUBTFUL) {
                return;
            }
            oldest.remove();
        }
    }

    private void add(Account account, Totals more) {
        totals.merge(account, more, Totals::plus);
    }

    /// After a restart: nobody is left to close what was open.
    void waitForOrphans(Instant now) {
        open.forEach((id, attempt) -> {
            if (!attempt.isClosed()) {
                due.add(new Due(id, now));
            }
        });
    }

    /// Attempts to be assumed now. They stay open until the entries are applied.
    List<Entry> overdue(Instant now, Duration settleAfter) {
        var entries = new ArrayList<Entry>();
        var before = now.minus(settleAfter);
        while (due.size() > MAX_WAITING
                || (!due.isEmpty() && !due.getFirst().since().isAfter(before))) {
            var id = due.removeFirst().attempt();
            if (open.containsKey(id)) {
                entries.add(new Entry.Assumed(id, now));
            }
        }
        return entries;
    }

    /// Entries that make this book out of an empty one.
    List<Entry> summary() {
        var entries = new ArrayList<Entry>(doubtful.values());
        open.values().forEach(attempt -> entries.addAll(attempt.entries()));
        // an opened attempt counts its request anew
        var carried = new HashMap<>(totals);
        open.values().stream()
                .filter(OpenAttempt::isFirst)
                .forEach(attempt ->
                        carried.computeIfPresent(
                                attempt.account(), (account, sum) -> sum.minus(Totals.request())));
        carried.forEach((account, sum) -> entries.add(new Entry.Carried(account, sum)));
        return entries;
    }

    Usage usage() {
        return new Usage(totals, open.size());
    }
}
