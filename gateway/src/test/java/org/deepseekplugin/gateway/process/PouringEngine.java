package org.deepseekplugin.gateway.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/// An engine that writes, once it is told to, as fast as it is read: [#EVENTS] events of 2 KB a
/// stream, different for each, and remembers their checksums. A body with `quick` in it gets a
/// short answer.
final class PouringEngine implements AutoCloseable {
    static final int EVENTS = 160;
    private static final String PADDING = "x".repeat(2048);
    private static final int SOCKET_BUFFER = 16 * 1024;

    final AtomicLong written = new AtomicLong();
    final Queue<Runnable> begun = new ConcurrentLinkedQueue<>();
    final Map<String, Long> checksums = new ConcurrentHashMap<>();
    private final HttpServer server;

    PouringEngine(Vertx vertx) throws Exception {
        server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setAcceptBacklog(4096)
                                        .setSendBufferSize(SOCKET_BUFFER))
                        .requestHandler(
                                request -> request.body().onSuccess(b -> answer(request, b)))
                        .listen()
                        .await(10, TimeUnit.SECONDS);
    }

    String port() {
        return Integer.toString(server.actualPort());
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var text = body.toString();
        if (text.contains("quick")) {
            request.response().end("{\"choices\":[]}").onComplete(sent -> {});
        } else {
            var name = text.replaceAll(".*\"user\":\"([^\"]*)\".*", "$1");
            new Pouring(request, name).begin();
        }
    }

    static String event(String name, int number) {
        var head = "data: " + name + " " + number + " ";
        return head + PADDING.substring(head.length() + 2) + "\n\n";
    }

    private final class Pouring {
        private final HttpServerRequest request;
        private final String name;
        private final CRC32C crc = new CRC32C();
        private int next;

        Pouring(HttpServerRequest request, String name) {
            this.request = request;
            this.name = name;
            request.response()
                    .setChunked(true)
                    .putHeader("content-type", "text/event-stream")
                    .setWriteQueueMaxSize(SOCKET_BUFFER);
        }

        void begin() {
            var context = Vertx.currentContext();
            write();
            begun.add(() -> context.runOnContext(now -> goOn()));
        }

        private void goOn() {
            request.response().drainHandler(drained -> more());
            more();
        }

        private void more() {
            var response = request.response();
            while (next < EVENTS && !response.writeQueueFull() && !response.closed()) {
                write();
            }
            if (next == EVENTS) {
                next++;
                checksums.put(name, crc.getValue());
                response.end().onComplete(sent -> {});
            }
        }

        private void write() {
            var bytes = event(name, next++).getBytes(US_ASCII);
            crc.update(bytes);
            written.addAndGet(bytes.length);
            request.response().write(Buffer.buffer(bytes)).onComplete(sent -> {});
        }
    }

    @Override
    public void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
