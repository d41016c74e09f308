package org.deepseekplugin.gateway.limits;

import java.time.Duration;

/// What a request may cost before anybody has understood it.
///
/// @param maxBodyBytes a longer body is refused with 413
/// @param maxDepth nesting of objects and arrays in the body
/// @param bodyDeadline from the end of the headers to the end of the body; then 408
public record RequestLimits(int maxBodyBytes, int maxDepth, Duration bodyDeadline) {
    public static final RequestLimits DEFAULT =
            new RequestLimits(20 * 1024 * 1024, 200, Duration.ofSeconds(30));

    public RequestLimits {
        if (maxBodyBytes < 1 || maxDepth < 1 || !bodyDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "request limits must be positive, not "
                            + maxBodyBytes
                            + " bytes, depth "
                            + maxDepth
                            + ", "
                            + bodyDeadline);
        }
    }
}
