package org.deepseekplugin.gateway.auth;

import java.util.Optional;

/// Looks keys up in memory. Called on event loops for every request: must neither block nor lock.
public interface KeySource {

    /// @param keyHash as `ApiKey.hash` makes it
    /// @return empty for a key that is unknown, expired or revoked
    Optional<Principal> find(String keyHash);
}
