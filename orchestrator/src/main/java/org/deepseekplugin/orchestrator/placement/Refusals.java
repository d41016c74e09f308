package org.deepseekplugin.orchestrator.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// What clouds refused lately. A refusal that comes again soon after it expired holds longer.
public final class Refusals {
    /// Longer ago than this, a refusal of the same scope counts as the first again.
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final InstantSource clock;

    public Refusals(InstantSource clock) {
        this.clock = clock;
    }

    /// @param asked the offer that was refused
    public Refusal remember(Transaction transaction, Offer asked, CloudFailure failure) {
        var now = clock.instant();
        var scope = Scope.of(failure.scope(), asked);
        int times = times(transaction, asked.cloud(), scope, now);
        var holds = Patience.with(failure.kind()).after(times);
        var wanted = failure.retryAfter().orElse(Duration.ZERO);
        var until = now.plus(holds.compareTo(wanted) > 0 ? holds : wanted);
        var refusal =
                new Refusal(
                        asked.cloud(),
                        scope,
                        failure.kind(),
                        failure.code(),
                        failure.message(),
                        times,
                        until);
        store(transaction, refusal);
        return refusal;
    }

    /// What holds against the offer now.
    public Optional<Refusal> against(Transaction transaction, Offer offer) {
        var now = clock.instant();
        return active(transaction).stream().filter(r -> r.covers(offer, now)).findFirst();
    }

    public List<Refusal> active(Transaction transaction) {
        return transaction.list(
                "select * from refusal where until > ?", Refusals::refusal, clock.instant());
    }

    /// The cloud rented this offer: what was held against it was wrong or is over.
    public void forget(Transaction transaction, Offer rented) {
        for (var refusal : all(transaction, rented.cloud())) {
            if (refusal.scope().covers(rented)) {
                transaction.execute(
                        "delete from refusal where cloud = ? and scope = ?",
                        refusal.cloud(),
                        refusal.scope().text());
            }
        }
    }

    public void prune(Transaction transaction) {
        transaction.execute(
                "delete from refusal where until < ?", clock.instant().minus(FORGOTTEN));
    }

    private static List<Refusal> all(Transaction transaction, String cloud) {
        return transaction.list("select * from refusal where cloud = ?", Refusals::refusal, cloud);
    }

    /// In a row: what holds still was said to many who asked at once, and counts as one.
    private static int times(Transaction transaction, String cloud, Scope scope, Instant now) {
        record Earlier(int times, Instant until) {}
        return transaction
                .first(
                        "select times, until from refusal where cloud = ? and scope = ? and until > ?",
                        row -> new Earlier(row.integer("times"), row.instant("until")),
                        cloud,
                        scope.text(),
                        now.minus(FORGOTTEN))
                .map(earlier ->
                        now.isBefore(earlier.until()) ? earlier.times() : earlier.times() + 1)
                .orElse(1);
    }

    private static void store(Transaction transaction, Refusal refusal) {
        transaction.execute(
                """
                insert into refusal (cloud, scope, kind, code, message, times, until)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (cloud, scope) do update set kind = excluded.kind,
                  code = excluded.code, message = excluded.message,
                  times = excluded.times, until = excluded.until
                """,
                refusal.cloud(),
                refusal.scope().text(),
                refusal.kind(),
                refusal.code(),
                refusal.message(),
                refusal.times(),
                refusal.until());
    }

    private static Refusal refusal(Row row) {
        return new Refusal(
                row.text("cloud"),
                Scope.parse(row.text("scope")),
                row.constant("kind", CloudFailure.Kind.class),
                row.text("code"),
                row.text("message"),
                row.integer("times"),
                row.instant("until"));
    }
}
