package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpServerRequest;

/// Answers requests under one path. Called on the request's event loop; must not block.
@FunctionalInterface
public interface Site {
    void handle(HttpServerRequest request, String requestId);
}
