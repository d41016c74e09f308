package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request of the public ports passes: its id, the check of `Host` and `Origin`, the
/// need for a key off loopback; then it goes to the site of its path.
public final class Edge {
    private static final Logger log = LoggerFactory.getLogger(Edge.class);
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");

    private final HostCheck hosts;
    private final BearerKeys keys;
    private final List<Mount> mounts;
    private final RandomGenerator random;

    /// @param path itself, or what it is followed by after a `/`
    /// @param checksKeys whether the site asks for a key itself, everywhere
    public record Mount(String path, Site site, boolean checksKeys) {
        boolean covers(String asked) {
            return asked.equals(path)
                    || (asked.startsWith(path)
                            && (path.endsWith("/") || asked.charAt(path.length()) == '/'));
        }
    }

    /// @param mounts the first that covers the path gets the request
    public Edge(HostCheck hosts, BearerKeys keys, List<Mount> mounts, RandomGenerator random) {
        this.hosts = hosts;
        this.keys = keys;
        this.mounts = List.copyOf(mounts);
        this.random = random;
    }

    /// On the request's event loop.
    public void handle(HttpServerRequest request) {
        var id = RequestId.of(request.getHeader(RequestId.HEADER), random);
        try {
            dispatch(request, id);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("request", id)
                    .addKeyValue("path", request.path())
                    .setCause(e)
                    .log("request failed");
            Problems.answer(
                    request,
                    id,
                    ErrorCode.INTERNAL,
                    "Something went wrong in the server; its log tells more under request "
                            + id
                            + ".");
        }
    }

    private void dispatch(HttpServerRequest request, String id) {
        var path = request.path() == null ? "" : request.path();
        var objection = hosts.objection(request);
        if (objection.isPresent()) {
            Problems.answer(request, id, ErrorCode.FORBIDDEN_HOST, objection.get());
            return;
        }
        var mount = mounts.stream().filter(candidate -> candidate.covers(path)).findFirst();
        if (mount.isPresent() && (mount.get().checksKeys() || mayEnter(request, path))) {
            mount.get().site().handle(request, id);
        } else if (!mayEnter(request, path)) {
            Problems.answer(request, id, ErrorCode.INVALID_API_KEY, needsKey());
        } else {
            Problems.answer(
                    request,
                    id,
                    ErrorCode.NOT_FOUND,
                    "There is nothing at \"%s\"; models answer under /v1, the control API under /api/v1, its documentation is at /docs."
                            .formatted(path));
        }
    }

    private boolean mayEnter(HttpServerRequest request, String path) {
        return OPEN.contains(path)
                || HostCheck.isLoopback(request)
                || keys.caller(request).isPresent();
    }

    /// For every place that asks for a key.
    public static String needsKey() {
        return "This needs a valid API key: send `Authorization: Bearer sk-…`; `deepseek keys create` makes one.";
    }
}
