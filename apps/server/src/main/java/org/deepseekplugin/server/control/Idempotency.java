package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.server.control.ControlReply.Body;

/// Lets a creating request take effect once, however often it is sent. Its key and its answer are
/// stored in the transaction that has the effect, so a crash leaves both or neither.
public final class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Clock clock;

    public Idempotency(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Stored(String bodyHash, Body reply) {}

    /// @param effect writes, and answers what may be stored: no secrets
    /// @throws PlatformException `idempotency_key_reused` when another request had this key
    Body once(ControlCall call, Function<Transaction, Body> effect) {
        return database.write(transaction ->
                call.idempotencyKey()
                        .map(key -> once(transaction, call, key, effect))
                        .orElseGet(() -> effect.apply(transaction)));
    }

    /// For effects that repeat themselves harmlessly: only remembers which request had the key.
    ///
    /// @throws PlatformException `idempotency_key_reused` when another request had it
    void claim(ControlCall call) {
        if (call.idempotencyKey().isPresent()) {
            once(call, transaction -> new Body(0, Map.of()));
        }
    }

    private Body once(
            Transaction transaction,
            ControlCall call,
            String key,
            Function<Transaction, Body> effect) {
        var hash = hash(call);
        forgetOld(transaction);
        var before = find(transaction, call.project(), key);
        if (before.isPresent()) {
            if (!before.get().bodyHash().equals(hash)) {
                throw new PlatformException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "Idempotency-Key \"%s\" came with another request before; send a new key for a new request."
                                .formatted(key));
            }
            return before.get().reply();
        }
        var reply = effect.apply(transaction);
        transaction.execute(
                "insert into idempotency (project, key, body_hash, status, response, created_at) values (?, ?, ?, ?, ?, ?)",
                call.project(),
                key,
                hash,
                reply.status(),
                Json.write(reply.body()),
                clock.instant());
        return reply;
    }

    private static Optional<Stored> find(Transaction transaction, String project, String key) {
        return transaction.first(
                "select * from idempotency where project = ? and key = ?",
                row ->
                        new Stored(
                                row.text("body_hash"),
                                new Body(
                                        row.integer("status"),
                                        Json.tree(row.text("response").getBytes(UTF_8)))),
                project,
                key);
    }

    private void forgetOld(Transaction transaction) {
        transaction.execute(
                "delete from idempotency where created_at < ?", clock.instant().minus(KEPT));
    }

    /// The operation belongs to what the key stands for.
    static String hash(ControlCall call) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((call.operation().id() + "\n").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(call.bytes().getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
