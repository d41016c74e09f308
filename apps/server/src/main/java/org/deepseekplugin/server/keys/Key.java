package org.deepseekplugin.server.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An API key as it is kept: everything but the key itself.
///
/// @param hint what people may see of the key to tell it from others
/// @param models names or aliases it may use; empty means all
public record Key(
        String id,
        String project,
        String name,
        String hint,
        Role role,
        List<String> models,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    public Key {
        models = List.copyOf(models);
    }

    boolean isValid(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    Key revoked(Instant at) {
        return new Key(
                id, project, name, hint, role, models, createdAt, expiresAt, Optional.of(at));
    }
}
