package org.deepseekplugin.orchestrator.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.reconcile.Parsed;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The table of intents.
final class IntentStore {
    /// Named one by one: an index finds what is there, not what is not.
    private static final String UNCLOSED = "('ASKING', 'HELD', 'WITHDRAWN', 'RELEASING')";

    /// All but the request, which is long and seldom needed.
    private static final String SELECT =
            """
            select id, project, replica, attempt, offer, token, state, in_doubt, calls, failure,
              created_at, updated_at from intent
            """;

    private final InstantSource clock;
    private final Parsed<Offer> offers =
            new Parsed<>(text -> Json.read(text.getBytes(UTF_8), Offer.class));

    IntentStore(InstantSource clock) {
        this.clock = clock;
    }

    void insert(Transaction transaction, Intent intent, FrozenRequest request) {
        transaction.execute(
                """
                insert into intent (id, project, replica, attempt, cloud, zone, offer, token,
                  request, state, in_doubt, calls, failure, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, null, ?, ?)
                """,
                intent.id(),
                intent.project(),
                intent.replica(),
                intent.attempt(),
                intent.cloud(),
                intent.offer().zone(),
                Json.write(intent.offer()),
                intent.token(),
                request.freeze(),
                intent.state(),
                intent.createdAt(),
                intent.updatedAt());
    }

    int nextAttempt(Transaction transaction, String replica) {
        return transaction
                .first(
                        "select coalesce(max(attempt), 0) + 1 as next from intent where replica = ?",
                        row -> row.integer("next"),
                        replica)
                .orElse(1);
    }

    Optional<Intent> find(Transaction transaction, String id) {
        return transaction.first(SELECT + "where id = ?", this::intent, id);
    }

    Optional<Intent> open(Transaction transaction, String replica) {
        return transaction.first(
                SELECT + "where replica = ? and state in ('ASKING', 'HELD')",
                this::intent,
                replica);
    }

    FrozenRequest request(Transaction transaction, String id) {
        return transaction
                .first(
                        "select request from intent where id = ?",
                        row -> FrozenRequest.thaw(row.text("request")),
                        id)
                .orElseThrow();
    }

    List<Intent> unclosed(Transaction transaction) {
        return transaction.list(SELECT + "where state in " + UNCLOSED, this::intent);
    }

    List<Intent> unclosed(Transaction transaction, String cloud) {
        return transaction.list(
                SELECT + "where state in " + UNCLOSED + " and cloud = ?", this::intent, cloud);
    }

    boolean anyUnclosed(Transaction transaction, String replica) {
        return transaction
                .first(
                        "select 1 as one from intent where replica = ? and state <> 'CLOSED' limit 1",
                        row -> true,
                        replica)
                .isPresent();
    }

    List<Intent> newest(Transaction transaction, String project, int limit) {
        return transaction.list(
                SELECT + "where project = ? order by created_at desc, id limit ?",
                this::intent,
                project,
                limit);
    }

    void called(Transaction transaction, String id) {
        transaction.execute(
                "update intent set in_doubt = 1, calls = calls + 1, updated_at = ? where id = ?",
                clock.instant(),
                id);
    }

    /// The cloud has answered, and what it said last is known to hold.
    void settled(Transaction transaction, String id, String failure) {
        transaction.execute(
                "update intent set in_doubt = 0, failure = ?, updated_at = ? where id = ?",
                failure,
                clock.instant(),
                id);
    }

    void said(Transaction transaction, String id, String failure) {
        transaction.execute("update intent set failure = ? where id = ?", failure, id);
    }

    /// Moves on; a state other than `ASKING` or `WITHDRAWN` leaves no doubt, and no need for the
    /// request, which is most of the row.
    void move(Transaction transaction, String id, Intent.State state) {
        transaction.execute(
                state.isAsking()
                        ? "update intent set state = ?, updated_at = ? where id = ?"
                        : "update intent set state = ?, in_doubt = 0, request = '', updated_at = ? where id = ?",
                state,
                clock.instant(),
                id);
    }

    void move(Transaction transaction, String id, Intent.State state, String why) {
        said(transaction, id, why);
        move(transaction, id, state);
    }

    void prune(Transaction transaction, Instant before) {
        transaction.execute(
                """
                delete from intent where state = 'CLOSED' and updated_at < ?
                  and not exists (select 1 from instance where instance.intent = intent.id)
                """,
                before);
    }

    private Intent intent(Row row) {
        return new Intent(
                row.text("id"),
                row.text("project"),
                row.text("replica"),
                row.integer("attempt"),
                offers.of(row.text("offer")),
                row.text("token"),
                row.constant("state", Intent.State.class),
                row.integer("in_doubt") != 0,
                row.integer("calls"),
                row.optionalText("failure"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
