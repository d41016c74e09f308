package org.deepseekplugin.gateway.api.errors;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.json.Json;

/// Errors in OpenAI's shape (`{"error": {"message", "type", "param", "code"}}`), with the request
/// id beside the code.
public final class ErrorBody {

    public static byte[] of(Refusal refusal, String requestId) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", refusal.message());
        error.put("type", type(refusal.code()));
        error.put("param", refusal.param());
        error.put("code", refusal.code().code());
        error.put("request_id", requestId);
        return Json.bytes(Map.of("error", error));
    }

    /// The types that OpenAI's clients know.
    private static String type(ErrorCode code) {
        if (code == ErrorCode.RATE_LIMIT_EXCEEDED) {
            return "rate_limit_error";
        }
        return code.httpStatus() >= 500 ? "server_error" : "invalid_request_error";
    }

    private ErrorBody() {}
}
