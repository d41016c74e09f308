package org.deepseekplugin.server.keys;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;

/// The key that `client.json` holds: made at the first start, and again when that file was lost.
public final class AdminKey {
    public static final String NAME = "local-admin";

    /// @param written the key that the file holds now
    /// @return a key that is valid; a new one takes the place of its predecessors
    public static Secret ensure(
            Keys keys, Database database, Optional<Secret> written, SecureRandom random) {
        return written.filter(key ->
                        keys.find(ApiKey.hash(key.reveal()))
                                .filter(known -> known.role() == Role.ADMIN)
                                .isPresent())
                .orElseGet(() -> replace(keys, database, random));
    }

    private static Secret replace(Keys keys, Database database, SecureRandom random) {
        keys.list("default").stream()
                .filter(key -> key.name().equals(NAME) && key.revokedAt().isEmpty())
                .forEach(key -> keys.revoke("default", key.id()));
        var fresh = ApiKey.generate(random);
        var wanted = new NewKey("default", NAME, Role.ADMIN, List.of(), Optional.empty());
        keys.created(fresh, database.write(transaction -> keys.insert(transaction, wanted, fresh)));
        return fresh;
    }

    private AdminKey() {}
}
