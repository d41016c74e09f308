package org.deepseekplugin.engine.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.deepseekplugin.engine.openai.ErrorBody;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes whole answers.
final class Respond {
    private static final Logger log = LoggerFactory.getLogger(Respond.class);
    private static final int RETRY_AFTER_SECONDS = 1;

    static void json(HttpServerResponse response, int status, Object body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(Json.bytes(body)))
                .onFailure(e -> log.debug("client left before its answer", e));
    }

    static void error(HttpServerResponse response, Throwable failure) {
        var error = ErrorBody.of(failure);
        if (error.code() == ErrorCode.INTERNAL) {
            log.atError().setCause(failure).log("request failed");
        }
        error(response, error);
    }

    static void error(HttpServerResponse response, ErrorBody error) {
        if (response.closed() || response.headWritten()) {
            return;
        }
        if (error.code().httpStatus() == ErrorCode.OVERLOADED.httpStatus()) {
            response.putHeader("retry-after", String.valueOf(RETRY_AFTER_SECONDS));
        }
        json(response, error.code().httpStatus(), error.json());
    }

    private Respond() {}
}
