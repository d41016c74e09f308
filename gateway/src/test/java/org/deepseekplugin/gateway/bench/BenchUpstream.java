package org.deepseekplugin.gateway.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.deepseekplugin.platform.http.EventLoops;

/// An engine that computes nothing: 200 events, one each 2 ms.
public final class BenchUpstream extends AbstractVerticle {
    static final int EVENTS = 200;
    private static final int EVENT_MILLIS = 2;
    private static final Buffer EVENT =
            Buffer.buffer(
                    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                            + "\"model\":\"tiny\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},"
                            + "\"finish_reason\":null}]}\n\n");

    private final int port;

    private BenchUpstream(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        EventLoops.create(1)
                .deployVerticle(() -> new BenchUpstream(port), new DeploymentOptions())
                .await();
    }

    @Override
    public void start() throws Exception {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.end().onSuccess(read -> stream(request)))
                .listen();
    }

    private void stream(HttpServerRequest request) {
        var response =
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
        var left = new int[] {EVENTS};
        vertx.setPeriodic(
                EVENT_MILLIS,
                timer -> {
                    if (response.closed() || left[0] == 0) {
                        vertx.cancelTimer(timer);
                        if (!response.closed()) {
                            response.end("data: [DONE]\n\n");
                        }
                    } else {
                        left[0]--;
                        response.write(EVENT);
                    }
                });
    }
}
