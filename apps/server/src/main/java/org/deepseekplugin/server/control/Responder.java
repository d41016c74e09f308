package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.control.ControlReply.ServerEvent;

/// Writes a reply from a handler's thread on the request's event loop.
final class Responder {
    private final Context context;
    private final HttpServerRequest request;
    private final String id;

    Responder(Context context, HttpServerRequest request, String id) {
        this.context = context;
        this.request = request;
        this.id = id;
    }

    void onLoop(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    void send(ControlReply reply) {
        switch (reply) {
            case ControlReply.Body(int status, Object body) -> {
                var bytes = Buffer.buffer(Json.write(body).getBytes(UTF_8));
                onLoop(() -> end(response(status, "application/json"), bytes));
            }
            case ControlReply.NoContent none ->
                    onLoop(() -> {
                        if (!gone()) {
                            request.response().setStatusCode(204).putHeader(RequestId.HEADER, id);
                            request.response().end().onComplete(sent -> {});
                        }
                    });
            case ControlReply.Events events -> stream(events);
        }
    }

    private void end(HttpServerResponse response, Buffer bytes) {
        if (!gone()) {
            response.end(bytes).onComplete(sent -> {});
        }
    }

    /// Writes as fast as the reader reads: each event waits until the one before is on its way.
    private void stream(ControlReply.Events events) {
        var reader = Thread.currentThread();
        onLoop(() -> {
            request.response().exceptionHandler(gone -> reader.interrupt());
            request.response().closeHandler(gone -> reader.interrupt());
            response(200, "text/event-stream").setChunked(true);
        });
        try {
            write(": connected\n\n");
            while (!gone() && events.events().hasNext()) {
                write(text(events.events().next()));
            }
            onLoop(() -> {
                if (!gone()) {
                    request.response().end().onComplete(sent -> {});
                }
            });
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException gone) {
            onLoop(() -> request.response().reset().onComplete(done -> {}));
        }
    }

    private void write(String text) throws InterruptedException, ExecutionException {
        var written = new CompletableFuture<Boolean>();
        onLoop(() -> {
            if (gone()) {
                written.complete(false);
            } else {
                request.response()
                        .write(text)
                        .onComplete(sent -> written.complete(sent.succeeded()));
            }
        });
        if (!written.get()) {
            throw new InterruptedException("the reader is gone");
        }
    }

    private static String text(ServerEvent event) {
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(event.id(), event.name(), Json.write(event.body()));
    }

    private HttpServerResponse response(int status, String contentType) {
        return request.response()
                .setStatusCode(status)
                .putHeader(RequestId.HEADER, id)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private boolean gone() {
        return request.response().closed() || request.response().ended();
    }
}
