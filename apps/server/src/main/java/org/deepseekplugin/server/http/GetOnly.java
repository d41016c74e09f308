package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.platform.errors.ErrorCode;

/// A page: it can be read, and nothing else be done with it.
record GetOnly(Site page) implements Site {
    @Override
    public void handle(HttpServerRequest request, String requestId) {
        var method = request.method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            page.handle(request, requestId);
            return;
        }
        request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        Problems.answer(
                request,
                requestId,
                ErrorCode.METHOD_NOT_ALLOWED,
                "%s cannot be done with \"%s\"; it takes GET and HEAD."
                        .formatted(method, request.path()));
    }
}
