package org.deepseekplugin.platform.errors;

import org.jspecify.annotations.Nullable;

/// The one exception of the platform. Its message is a sentence for the person who caused it: the
/// value, the reason, the remedy. Never a secret.
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public PlatformException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public PlatformException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /// Never null, other than the inherited one.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
