package org.deepseekplugin.engine.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;

/// An error as OpenAI's clients know it: `{"error": {"message", "type", "param", "code"}}`.
public record ErrorBody(ErrorCode code, String message, @Nullable String parameter) {

    /// What happened, in words for the client; the details of a bug are not for them.
    public static ErrorBody of(Throwable failure) {
        return switch (failure) {
            case BadParameter bad -> new ErrorBody(bad.code(), bad.sentence(), bad.parameter());
            case PlatformException known ->
                    new ErrorBody(known.code(), known.sentence(), parameter(known.code()));
            default ->
                    new ErrorBody(
                            ErrorCode.INTERNAL,
                            "The engine failed on this request; its log has the reason.",
                            null);
        };
    }

    public Map<String, Object> json() {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", message);
        error.put("type", code.httpStatus() < 500 ? "invalid_request_error" : "server_error");
        error.put("param", parameter);
        error.put("code", code.code());
        return Map.of("error", error);
    }

    private static @Nullable String parameter(ErrorCode code) {
        return code == ErrorCode.CONTEXT_LENGTH_EXCEEDED ? "messages" : null;
    }
}
