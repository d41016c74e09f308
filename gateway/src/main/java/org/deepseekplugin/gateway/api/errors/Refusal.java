package org.deepseekplugin.gateway.api.errors;

import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Why a request gets no answer, in words for its sender.
///
/// @param message the value, the reason, the remedy
/// @param param the field of the request that is to blame
public record Refusal(ErrorCode code, String message, @Nullable String param) {

    public static Refusal of(ErrorCode code, String message) {
        return new Refusal(code, message, null);
    }
}
