package org.deepseekplugin.gateway.api.exchange;

import static java.util.Locale.ROOT;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.deepseekplugin.platform.http.RequestId;

/// What of an upstream's headers is for the client.
final class ForwardedHeaders {
    /// What concerns one connection (RFC 9110, 7.6.1), or only the node behind us.
    private static final Set<String> KEPT_BACK =
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
                    "server",
                    "set-cookie",
                    "strict-transport-security",
                    "alt-svc",
                    RequestId.HEADER);

    static void copy(MultiMap from, MultiMap to) {
        var named = namedByConnection(from);
        for (var header : from) {
            var name = header.getKey().toLowerCase(ROOT);
            if (!KEPT_BACK.contains(name) && !named.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    /// `Connection: close, x-foo` says that `x-foo`, too, is for the next hop only.
    private static Set<String> namedByConnection(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return Set.of();
        }
        var names = new TreeSet<String>();
        for (var value : headers.getAll(HttpHeaders.CONNECTION)) {
            for (var name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(ROOT));
            }
        }
        return names;
    }

    private ForwardedHeaders() {}
}
