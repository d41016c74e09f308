package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.server.keys.Key;
import org.deepseekplugin.server.keys.Keys;

/// Finds out who asks, by `Authorization: Bearer …`.
public final class BearerKeys {
    private static final String SCHEME = "Bearer ";

    /// Longer than any key of ours; bounds what is hashed.
    private static final int MAX_CHARACTERS = 512;

    private final Keys keys;

    public BearerKeys(Keys keys) {
        this.keys = keys;
    }

    public Optional<Key> caller(HttpServerRequest request) {
        return token(request).flatMap(token -> keys.find(ApiKey.hash(token)));
    }

    public static Optional<String> token(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null
                || header.length() > MAX_CHARACTERS
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }
}
