package org.deepseekplugin.agent.data;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.Protocol;

/// A refusal in the shape that OpenAI's clients read.
final class OpenAiError {
    private static final String RETRY_SECONDS = "1";

    static void send(HttpServerRequest request, ErrorCode code, String sentence) {
        var answer = request.response();
        answer.setStatusCode(code.httpStatus()).putHeader("content-type", "application/json");
        if (code == ErrorCode.NO_READY_REPLICA) {
            answer.putHeader("retry-after", RETRY_SECONDS);
        }
        var id = request.getHeader(Protocol.REQUEST_ID);
        if (id != null) {
            answer.putHeader(Protocol.REQUEST_ID, id);
        }
        var type = code.httpStatus() < 500 ? "invalid_request_error" : "server_error";
        var error = Map.of("message", sentence, "type", type, "code", code.code());
        answer.end(Buffer.buffer(Json.bytes(Map.of("error", error))));
    }

    private OpenAiError() {}
}
