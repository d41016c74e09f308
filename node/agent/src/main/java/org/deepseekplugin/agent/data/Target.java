package org.deepseekplugin.agent.data;

import java.util.Optional;
import org.deepseekplugin.protocol.Protocol;

/// What a request to the data port is for.
///
/// @param uri path and query as the engine sees them
record Target(String replica, String uri) {

    /// Empty where the address is not `/replicas/<replica>/v1/…` or `/replicas/<replica>/engine/…`.
    static Optional<Target> parse(String uri) {
        if (!uri.startsWith(Protocol.REPLICA_PATH)) {
            return Optional.empty();
        }
        int begin = Protocol.REPLICA_PATH.length();
        int end = uri.indexOf('/', begin);
        if (end <= begin
                || !(uri.startsWith("/v1/", end) || uri.startsWith("/engine/", end))
                || uri.contains("/../")) {
            return Optional.empty();
        }
        return Optional.of(new Target(uri.substring(begin, end), uri.substring(end)));
    }
}
