package org.deepseekplugin.agent.data;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Set;

/// Headers from one connection to another.
final class Headers {
    /// Those that speak of one connection only (RFC 9110 §7.6.1), and `host`, which each side has
    /// of its own.
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "host");

    static void copy(MultiMap from, MultiMap to) {
        from.forEach(header -> {
            var name = header.getKey();
            if (!name.startsWith(":") && !isOfOneConnection(name)) {
                to.add(name, header.getValue());
            }
        });
    }

    private static boolean isOfOneConnection(String name) {
        return OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    /// Whether a request without a `content-length` carries bytes: HTTP/1.1 says so by its
    /// encoding, HTTP/2 only by not ending.
    static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("transfer-encoding")
                || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
    }

    private Headers() {}
}
