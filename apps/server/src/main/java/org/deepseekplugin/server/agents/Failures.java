package org.deepseekplugin.server.agents;

import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.server.http.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an agent what went wrong; what nobody expected is told to the log only.
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /// On the request's event loop.
    static void answer(HttpServerRequest request, String id, Throwable e) {
        switch (e) {
            case PlatformException refused ->
                    Problems.answer(request, id, refused.code(), refused.sentence());
            case MalformedMessage malformed ->
                    Problems.answer(
                            request,
                            id,
                            ErrorCode.INVALID_REQUEST,
                            String.valueOf(malformed.getMessage()));
            default -> {
                log.atError().addKeyValue("request", id).setCause(e).log("agent request failed");
                Problems.answer(request, id, ErrorCode.INTERNAL, "Something went wrong.");
            }
        }
    }

    private Failures() {}
}
