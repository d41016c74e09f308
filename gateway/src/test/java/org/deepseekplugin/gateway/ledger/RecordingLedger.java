package org.deepseekplugin.gateway.ledger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A ledger that only remembers.
public final class RecordingLedger implements LedgerSink {
    public final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    public final List<Observed> observed = new CopyOnWriteArrayList<>();
    public final Map<String, Long> passed = new ConcurrentHashMap<>();
    public volatile boolean full;

    @Override
    public boolean opened(Attempt attempt) {
        return !full && attempts.add(attempt);
    }

    @Override
    public void passed(String attempt, long completion) {
        passed.put(attempt, completion);
    }

    @Override
    public void closed(Observed one) {
        observed.add(one);
    }
}
