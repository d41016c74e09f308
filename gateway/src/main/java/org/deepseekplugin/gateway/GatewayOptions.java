package org.deepseekplugin.gateway;

import java.time.Duration;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.upstream.UpstreamOptions;

/// What an operator may set.
///
/// @param maxAttempts calls for one request, the first included
/// @param retryShare retries as a share of requests, besides one a second that is free
/// @param firstEjection how long an endpoint is avoided after one failure; doubles with each in a
///   row
public record GatewayOptions(
        RequestLimits limits,
        UpstreamOptions upstream,
        int maxAttempts,
        double retryShare,
        Duration firstEjection,
        Duration longestEjection) {
    public static final GatewayOptions DEFAULT =
            new GatewayOptions(
                    RequestLimits.DEFAULT,
                    UpstreamOptions.DEFAULT,
                    3,
                    0.2,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30));

    public GatewayOptions {
        if (maxAttempts < 1 || retryShare < 0) {
            throw new IllegalArgumentException(
                    "max attempts must be at least 1, the retry share not negative; not "
                            + maxAttempts
                            + ", "
                            + retryShare);
        }
    }

    public GatewayOptions withLimits(RequestLimits limits) {
        return new GatewayOptions(
                limits, upstream, maxAttempts, retryShare, firstEjection, longestEjection);
    }

    public GatewayOptions withUpstream(UpstreamOptions upstream) {
        return new GatewayOptions(
                limits, upstream, maxAttempts, retryShare, firstEjection, longestEjection);
    }
}
