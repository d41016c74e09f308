package org.deepseekplugin.server.http;

import static java.util.Locale.ROOT;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Keeps web pages of strangers from talking to a server on loopback: a name that somebody else
/// controls and points to 127.0.0.1 (DNS rebinding) shows in `Host`, a foreign page in `Origin`.
public final class HostCheck {
    private final Set<String> allowed = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    /// @param more host names without port
    public HostCheck(Collection<String> more) {
        more.forEach(host -> allowed.add(host.toLowerCase(ROOT)));
    }

    /// Why the request must be refused, as a sentence; empty if it may pass.
    public Optional<String> objection(HttpServerRequest request) {
        if (!isLoopback(request)) {
            return Optional.empty();
        }
        var authority = request.authority();
        var host = authority == null ? "" : authority.host();
        if (!isAllowed(host)) {
            return Optional.of(
                    "Host \"%s\" is not a name of this server; use one of %s, or add it to allowed-hosts."
                            .formatted(host, String.join(", ", allowed)));
        }
        var origin = request.getHeader("origin");
        if (origin != null && !isAllowed(hostOf(origin))) {
            return Optional.of(
                    "Origin \"%s\" may not use this server; add its host to allowed-hosts if it may."
                            .formatted(origin));
        }
        return Optional.empty();
    }

    public static boolean isLoopback(HttpServerRequest request) {
        var remote = request.remoteAddress();
        if (remote == null || remote.hostAddress() == null) {
            return false;
        }
        try {
            return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address needs no look-up", e);
        }
    }

    private boolean isAllowed(@Nullable String host) {
        if (host == null) {
            return false;
        }
        var name = host.toLowerCase(ROOT);
        return allowed.contains(name) || allowed.contains("[" + name + "]");
    }

    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
