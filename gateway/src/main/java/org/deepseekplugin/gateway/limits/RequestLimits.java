package org.deepseekplugin.gateway.limits;

import java.time.Duration;

/// What a request may cost before anybody has understood it.
///
/// @param maxBodyBytes a longer body is refused with 413
/// @param maxDepth nesting of objects and arrays in the body
/// @param bodyDeadline from the end of the headers to the end of the body; then 408
/// @param maxHeldBytes of the bodies of all requests together; with more, 503
/// @param readerTimeout how long a client may read nothing of a stream that waits for it; then it
///   counts as gone
public record RequestLimits(
        int maxBodyBytes,
        long maxHeldBytes,
        int maxDepth,
        Duration bodyDeadline,
        Duration readerTimeout) {
    public static final RequestLimits DEFAULT =
            new RequestLimits(
                    20 * 1024 * 1024,
                    usualHeldBytes(20 * 1024 * 1024),
                    200,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60));

    public RequestLimits {
        if (maxBodyBytes < 1
                || maxHeldBytes < maxBodyBytes
                || maxDepth < 1
                || !bodyDeadline.isPositive()
                || !readerTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "request limits must be positive, not "
                            + maxBodyBytes
                            + " bytes, "
                            + maxHeldBytes
                            + " bytes together, depth "
                            + maxDepth
                            + ", "
                            + bodyDeadline
                            + ", "
                            + readerTimeout);
        }
    }

    /// A quarter of the heap: while a body is checked and sent there are up to three of it.
    public static long usualHeldBytes(int maxBodyBytes) {
        return Math.max(maxBodyBytes, Runtime.getRuntime().maxMemory() / 4);
    }
}
