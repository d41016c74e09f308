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

    /// @param response in the words of the operation that the key was for
    private record Stored(String bodyHash, int status, String response) {
        Body reply() {
            return new Body(status, Json.tree(response.getBytes(UTF_8)));
        }
    }

    /// @param effect writes, and answers what may be stored: no secrets
    /// @throws PlatformException `idempotency_key_reused` when another request had this key
    Body once(ControlCall call, Function<Transaction, Body> effect) {
        return database.write(transaction ->
                call.idempotencyKey()
                        .map(key -> once(transaction, call, key, effect))
                        .orElseGet(() -> effect.apply(transaction)));
    }

    /// For an effect that has a transaction of its own, and repeats itself harmlessly as long as
    /// nothing else happens in between: whether it is over.
    ///
    /// @throws PlatformException `idempotency_key_reused` when another request had the key
    boolean isDone(ControlCall call) {
        return database.read(transaction ->
                call.idempotencyKey().flatMap(key -> earlier(transaction, call, key)).isPresent());
    }

    /// The effect of a call for which [#isDone] was false.
    void done(ControlCall call) {
        if (call.idempotencyKey().isPresent()) {
            once(call, transaction -> new Body(0, Map.of()));
        }
    }

    private Body once(
            Transaction transaction,
            ControlCall call,
            String key,
            Function<Transaction, Body> effect) {
        forgetOld(transaction);
        var before = earlier(transaction, call, key);
        if (before.isPresent()) {
            return before.get().reply();
        }
        var reply = effect.apply(transaction);
        transaction.execute(
                "insert into idempotency (project, key, body_hash, status, response, created_at) values (?, ?, ?, ?, ?, ?)",
                call.project(),
                key,
                hash(call),
                reply.status(),
                Json.write(reply.body()),
                clock.instant());
        return reply;
    }

    private Optional<Stored> earlier(Transaction transaction, ControlCall call, String key) {
        var stored =
                transaction.first(
                        "select * from idempotency where project = ? and key = ? and created_at >= ?",
                        row ->
                                new Stored(
                                        row.text("body_hash"),
                                        row.integer("status"),
                                        row.text("response")),
                        call.project(),
                        key,
                        clock.instant().minus(KEPT));
        stored.filter(one -> !one.bodyHash().equals(hash(call)))
                .ifPresent(other -> {
                    throw new PlatformException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "Idempotency-Key \"%s\" came with another request before; send a new key for a new request."
                                    .formatted(key));
                });
        return stored;
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
