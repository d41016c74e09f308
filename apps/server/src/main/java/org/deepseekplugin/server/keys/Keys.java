package org.deepseekplugin.server.keys;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// All API keys, stored hashed and held in memory. [#find] neither blocks nor locks; a revocation
/// holds for the very next request.
public final class Keys {
    private final Database database;
    private final Clock clock;
    private final ConcurrentHashMap<String, Key> byHash = new ConcurrentHashMap<>();

    public Keys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        database.read(KeyTable::all).forEach(stored -> byHash.put(stored.hash(), stored.key()));
    }

    /// @param hash as [ApiKey#hash] makes it
    /// @return empty for a key that is unknown, expired or revoked
    public Optional<Key> find(String hash) {
        return Optional.ofNullable(byHash.get(hash)).filter(key -> key.isValid(clock.instant()));
    }

    /// All of a project, revoked ones too, oldest first.
    public List<Key> list(String project) {
        return byHash.values().stream()
                .filter(key -> key.project().equals(project))
                .sorted(Comparator.comparing(Key::createdAt).thenComparing(Key::id))
                .toList();
    }

    /// Writes the key within the caller's transaction. It can be used once that is committed and
    /// [#created] has been called.
    public Key insert(Transaction transaction, NewKey wanted, Secret key) {
        var hash = ApiKey.hash(key.reveal());
        var stored =
                new Key(
                        "key_" + hash.substring(0, 16),
                        wanted.project(),
                        wanted.name(),
                        ApiKey.hint(key.reveal()),
                        wanted.role(),
                        wanted.models(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        wanted.expiresAt().map(end -> end.truncatedTo(ChronoUnit.MILLIS)),
                        Optional.empty());
        KeyTable.insert(transaction, hash, stored);
        return stored;
    }

    /// A key that [#insert] wrote is committed.
    public void created(Secret key, Key stored) {
        byHash.put(ApiKey.hash(key.reveal()), stored);
    }

    /// @throws PlatformException `not_found` when the project has no such key
    public Key revoke(String project, String id) {
        var hash =
                byHash.entrySet().stream()
                        .filter(entry -> entry.getValue().id().equals(id))
                        .filter(entry -> entry.getValue().project().equals(project))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> unknown(id));
        var now = clock.instant();
        database.run(transaction -> KeyTable.revoke(transaction, id, now));
        var revoked =
                byHash.computeIfPresent(
                        hash, (same, key) -> key.revokedAt().isPresent() ? key : key.revoked(now));
        if (revoked == null) {
            throw unknown(id);
        }
        return revoked;
    }

    private static PlatformException unknown(String id) {
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                "There is no key \"%s\" in this project; `deepseek keys` lists them."
                        .formatted(id));
    }
}
