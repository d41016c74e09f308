package org.deepseekplugin.server.keys;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The SQL of `api_key`.
final class KeyTable {

    /// A stored key with its hash.
    record Hashed(String hash, Key key) {}

    static List<Hashed> all(Transaction transaction) {
        return transaction.list("select * from api_key order by created_at, id", KeyTable::hashed);
    }

    static void insert(Transaction transaction, String hash, Key key) {
        transaction.execute(
                "insert into api_key (id, project, name, hash, hint, role, models, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.project(),
                key.name(),
                hash,
                key.hint(),
                key.role(),
                Json.write(key.models()),
                key.createdAt(),
                key.expiresAt());
    }

    static void revoke(Transaction transaction, String id, Instant at) {
        transaction.execute(
                "update api_key set revoked_at = ? where id = ? and revoked_at is null", at, id);
    }

    private static Hashed hashed(Row row) {
        return new Hashed(
                row.text("hash"),
                new Key(
                        row.text("id"),
                        row.text("project"),
                        row.text("name"),
                        row.text("hint"),
                        row.constant("role", Role.class),
                        Arrays.asList(Json.mapper().readValue(row.text("models"), String[].class)),
                        row.instant("created_at"),
                        row.optionalInstant("expires_at"),
                        row.optionalInstant("revoked_at")));
    }

    private KeyTable() {}
}
