package org.deepseekplugin.cloud.spi;

import java.time.Duration;
import java.util.Optional;

/// Why a cloud said no, in words common to all clouds.
///
/// @param scope how far the refusal reaches
/// @param code the cloud's own code, such as `InsufficientInstanceCapacity`
/// @param message the cloud's own sentence
/// @param retryAfter how long to wait, where the cloud said so
public record CloudFailure(
        Kind kind, FailureScope scope, String code, String message, Optional<Duration> retryAfter) {

    public enum Kind {
        /// No such machine to be had there now.
        CAPACITY,
        /// The account may not have so many.
        QUOTA,
        /// Too many calls.
        THROTTLED,
        /// Credentials unknown or without the right.
        AUTH,
        /// The request itself is wrong; repeating it is useless.
        INVALID,
        NOT_FOUND,
        /// The account cannot pay or is not enabled.
        BILLING,
        /// The cloud itself is in trouble.
        UNAVAILABLE
    }

    public CloudFailure(Kind kind, FailureScope scope, String code, String message) {
        this(kind, scope, code, message, Optional.empty());
    }
}
