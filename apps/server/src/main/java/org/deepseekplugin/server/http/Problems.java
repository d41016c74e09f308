package org.deepseekplugin.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Problem;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.json.Json;

/// Says that something failed: in OpenAI's shape below `/v1`, as RFC 9457 everywhere else.
public final class Problems {
    private static final CharSequence PROBLEM_JSON =
            HttpHeaders.createOptimized("application/problem+json");

    /// One of several things wrong with a request.
    ///
    /// @param pointer JSON pointer into the body, or the parameter's name
    public record Fault(String pointer, String message) {}

    public static void answer(
            HttpServerRequest request, String requestId, ErrorCode code, String detail) {
        answer(request, requestId, code, detail, List.of());
    }

    /// What is no request at all: the connection cannot be used any more.
    static void unreadable(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongFrameException;
        answer(
                request,
                "none",
                tooLong ? ErrorCode.HEADERS_TOO_LARGE : ErrorCode.INVALID_REQUEST,
                tooLong
                        ? "The request's head is too long: its first line may have 4096 bytes, its headers 16384."
                        : "This is no valid HTTP request: " + cause.getMessage());
        request.connection().close().onComplete(closed -> {});
    }

    /// Does nothing if an answer is on its way already. On the request's event loop.
    ///
    /// @param faults go along as `errors`
    public static void answer(
            HttpServerRequest request,
            String requestId,
            ErrorCode code,
            String detail,
            List<Fault> faults) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset().onComplete(gone -> {});
            return;
        }
        boolean openAi = isOpenAi(String.valueOf(request.path()));
        response.setStatusCode(code.httpStatus())
                .putHeader(RequestId.HEADER, requestId)
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        openAi ? "application/json" : PROBLEM_JSON.toString());
        if (code.httpStatus() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        var body = openAi ? openAi(code, detail, requestId) : body(code, detail, requestId, faults);
        response.end(Buffer.buffer(Json.write(body).getBytes(UTF_8))).onComplete(sent -> {});
    }

    private static Map<String, Object> body(
            ErrorCode code, String detail, String requestId, List<Fault> faults) {
        var problem = Problem.of(code, detail, requestId);
        var body = new LinkedHashMap<String, Object>();
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        body.put("code", problem.code());
        body.put("request_id", problem.requestId());
        if (!faults.isEmpty()) {
            body.put("errors", faults);
        }
        return body;
    }

    private static boolean isOpenAi(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    private static Map<String, Object> openAi(ErrorCode code, String detail, String requestId) {
        var type = code.httpStatus() >= 500 ? "server_error" : "invalid_request_error";
        var error = new LinkedHashMap<String, Object>();
        error.put("message", detail);
        error.put("type", type);
        error.put("param", null);
        error.put("code", code.code());
        error.put("request_id", requestId);
        return Map.of("error", error);
    }

    private Problems() {}
}
