package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Transaction;

/// The table of idempotency keys, each with the service that its first call made.
final class IdempotencyKeys {
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    private final InstantSource clock;

    IdempotencyKeys(InstantSource clock) {
        this.clock = clock;
    }

    /// The service that an earlier call with the key made; it may be deleted since.
    ///
    /// @throws PlatformException `idempotency_key_reused` when the rest of the request differs
    Optional<String> madeBy(Transaction transaction, String project, Idempotency idempotency) {
        record Earlier(String bodyHash, String service) {}
        var earlier =
                transaction.first(
                        "select body_hash, response from idempotency where project = ? and key = ? and created_at > ?",
                        row -> new Earlier(row.text("body_hash"), row.text("response")),
                        project,
                        idempotency.key(),
                        clock.instant().minus(KEY_LIFE));
        earlier.filter(e -> !e.bodyHash().equals(idempotency.bodyHash()))
                .ifPresent(_ -> {
                    throw new PlatformException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "The Idempotency-Key \"%s\" came before with another request; use a new key for each."
                                    .formatted(idempotency.key()));
                });
        return earlier.map(Earlier::service);
    }

    void remember(
            Transaction transaction, String project, Idempotency idempotency, String service) {
        transaction.execute(
                """
                insert into idempotency (project, key, body_hash, status, response, created_at)
                values (?, ?, ?, 201, ?, ?)
                on conflict (project, key) do update set body_hash = excluded.body_hash,
                  response = excluded.response, created_at = excluded.created_at
                """,
                project,
                idempotency.key(),
                idempotency.bodyHash(),
                service,
                clock.instant());
    }

    void prune(Transaction transaction) {
        transaction.execute(
                "delete from idempotency where created_at < ?", clock.instant().minus(KEY_LIFE));
    }
}
