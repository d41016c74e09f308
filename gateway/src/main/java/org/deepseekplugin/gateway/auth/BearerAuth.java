package org.deepseekplugin.gateway.auth;

import java.util.List;
import java.util.Optional;
import org.deepseekplugin.platform.security.ApiKey;

/// Finds out who asks by `Authorization: Bearer <key>`.
public final class BearerAuth {
    private static final String SCHEME = "Bearer ";

    /// Longer than any key of ours; bounds what is hashed.
    private static final int MAX_KEY_CHARACTERS = 512;

    private final KeySource keys;

    public BearerAuth(KeySource keys) {
        this.keys = keys;
    }

    /// @param authorizations the values of the header; two make nobody sure which one counts
    public Optional<Principal> principal(List<String> authorizations) {
        return authorizations.size() == 1 ? principal(authorizations.getFirst()) : Optional.empty();
    }

    private Optional<Principal> principal(String authorization) {
        if (authorization.length() > MAX_KEY_CHARACTERS
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var key = authorization.substring(SCHEME.length()).strip();
        return key.isEmpty() ? Optional.empty() : keys.find(ApiKey.hash(key));
    }
}
