package org.deepseekplugin.platform.errors;

import static java.util.Locale.ROOT;

/// Every way in which a request can fail, with its HTTP status and whether repeating it unchanged
/// can help. The lower-case name is the `code` that clients see; a code keeps its meaning for ever.
public enum ErrorCode {
    INVALID_REQUEST(400, false),
    INVALID_JSON(400, false),
    INVALID_CONFIG(400, false),
    CONTEXT_LENGTH_EXCEEDED(400, false),
    MODEL_NOT_CAPABLE(400, false),
    NOT_ACTIVE_YET(400, false),
    INVALID_API_KEY(401, false),
    INSUFFICIENT_PERMISSIONS(403, false),
    FORBIDDEN_HOST(403, false),
    NOT_FOUND(404, false),
    MODEL_NOT_FOUND(404, false),
    METHOD_NOT_ALLOWED(405, false),
    REQUEST_TIMEOUT(408, true),
    CONFLICT(409, false),
    IDEMPOTENCY_KEY_REUSED(409, false),
    REQUEST_TOO_LARGE(413, false),
    RATE_LIMIT_EXCEEDED(429, true),
    HEADERS_TOO_LARGE(431, false),
    INTERNAL(500, true),
    CLOUD_REFUSED(502, true),
    UPSTREAM_FAILED(502, true),
    NO_READY_REPLICA(503, true),
    OVERLOADED(503, true),
    SHUTTING_DOWN(503, true),
    UPSTREAM_TIMEOUT(504, true),
    DISK_FULL(507, true);

    private final int httpStatus;
    private final boolean retryable;

    ErrorCode(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public boolean retryable() {
        return retryable;
    }

    /// As clients see it: `model_not_found`.
    public String code() {
        return name().toLowerCase(ROOT);
    }
}
