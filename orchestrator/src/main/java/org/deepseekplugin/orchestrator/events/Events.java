package org.deepseekplugin.orchestrator.events;

import java.time.InstantSource;
import java.util.List;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The event log. Written in the transaction that makes the thing happen, so that neither exists
/// without the other. The newest [#KEPT] are kept.
public final class Events {
    private static final int KEPT = 100_000;

    private final Database database;
    private final InstantSource clock;

    public Events(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public void append(
            Transaction transaction, String project, String kind, String subject, String message) {
        transaction.execute(
                "insert into event (project, at, kind, subject, message) values (?, ?, ?, ?, ?)",
                project,
                clock.instant(),
                kind,
                subject,
                message);
    }

    /// Oldest first.
    ///
    /// @param after the `seq` of the last event that the caller knows; 0 for all
    public List<Event> list(String project, long after, int limit) {
        return database.read(transaction ->
                transaction.list(
                        "select * from event where project = ? and seq > ? order by seq limit ?",
                        Events::event,
                        project,
                        after,
                        limit));
    }

    /// The newest, oldest of them first.
    public List<Event> newest(String project, int limit) {
        return database.read(transaction ->
                        transaction.list(
                                "select * from event where project = ? order by seq desc limit ?",
                                Events::event,
                                project,
                                limit))
                .reversed();
    }

    private static Event event(Row row) {
        return new Event(
                row.number("seq"),
                row.text("project"),
                row.instant("at"),
                row.text("kind"),
                row.text("subject"),
                row.text("message"));
    }

    /// Forgets all but the newest.
    public void prune(Transaction transaction) {
        transaction.execute(
                "delete from event where seq <= (select max(seq) from event) - ?", KEPT);
    }
}
