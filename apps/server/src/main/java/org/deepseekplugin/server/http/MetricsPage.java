package org.deepseekplugin.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.telemetry.Metrics;

/// `/metrics` in Prometheus' text form. Written on a worker thread: many meters take a while.
public final class MetricsPage implements Site {
    private final Vertx vertx;
    private final Metrics metrics;

    public MetricsPage(Vertx vertx, Metrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpServerRequest request, String id) {
        new GetOnly(this::scrape).handle(request, id);
    }

    private void scrape(HttpServerRequest request, String id) {
        vertx.executeBlocking(metrics::scrape, false)
                .onSuccess(text ->
                        request.response()
                                .putHeader(RequestId.HEADER, id)
                                .putHeader(
                                        HttpHeaders.CONTENT_TYPE,
                                        "text/plain; version=0.0.4; charset=utf-8")
                                .end(text)
                                .onComplete(sent -> {}))
                .onFailure(e ->
                        Problems.answer(
                                request, id, ErrorCode.INTERNAL, "Cannot read the meters: " + e));
    }
}
