package org.deepseekplugin.gateway.upstream;

import java.time.Duration;

/// How long to wait for endpoints, and how much to ask of each.
///
/// @param connect to get a connection
/// @param firstByte from sending to the head of the answer; a long prompt may take most of it
/// @param idle between two pieces of an answer
/// @param connectionsPerEndpoint at most; each streaming answer holds one
/// @param keepAlive how long an unused connection is kept
/// @param receiveBufferBytes of each connection, here and in the kernel: what a thousand slow
///   readers cost; a far replica sends at most twice this in one round trip
public record UpstreamOptions(
        Duration connect,
        Duration firstByte,
        Duration idle,
        int connectionsPerEndpoint,
        Duration keepAlive,
        int receiveBufferBytes) {
    public static final UpstreamOptions DEFAULT =
            new UpstreamOptions(
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    4096,
                    Duration.ofSeconds(30),
                    32 * 1024);
}
