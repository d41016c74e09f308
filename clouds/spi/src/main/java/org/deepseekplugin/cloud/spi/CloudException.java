package org.deepseekplugin.cloud.spi;

import org.jspecify.annotations.Nullable;

/// A cloud could not answer a question whose answer has no place for a refusal (`offers`, `list`).
public final class CloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CloudFailure failure;

    public CloudException(CloudFailure failure, @Nullable Throwable cause) {
        super(failure.kind() + " " + failure.code() + ": " + failure.message(), cause);
        this.failure = failure;
    }

    public CloudFailure failure() {
        return failure;
    }
}
