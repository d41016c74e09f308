package org.deepseekplugin.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.deepseekplugin.engine.FakeEngine;
import org.deepseekplugin.engine.usage.UsageLog;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.json.Json;

/// A server before a fake engine, and ways to call it.
final class ServedFake implements AutoCloseable {
    static final int MAX_BODY = 10_000;
    static final Duration BODY_PATIENCE = Duration.ofSeconds(1);
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    final FakeEngine engine;
    final int port;
    private final Path usage;
    private final Vertx vertx = EventLoops.create(1);
    private final EngineServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServedFake(Path folder, int room) {
        engine = new FakeEngine(room);
        usage = folder.resolve("usage");
        server =
                new EngineServer(
                        vertx,
                        engine,
                        new ServedModel("small", "small-1", MAX_BODY),
                        new UsageLog(usage),
                        CLOCK,
                        new Random(1),
                        BODY_PATIENCE);
        port =
                server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    /// Lines of its answer, which comes as it is written.
    CompletableFuture<HttpResponse<Stream<String>>> stream(
            String path, String body, String... headers) {
        return client.sendAsync(request(path, body, headers), BodyHandlers.ofLines());
    }

    CompletableFuture<HttpResponse<String>> post(String path, String body, String... headers) {
        return client.sendAsync(request(path, body, headers), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    Socket connect() throws IOException {
        return new Socket("127.0.0.1", port);
    }

    /// What comes back, up to the end of the connection.
    String raw(String request) throws IOException {
        try (var socket = connect()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    List<Map<String, Object>> usageRecords() {
        try {
            return records();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, Object>> records() throws IOException {
        return Files.exists(usage)
                ? Files.readAllLines(usage).stream()
                        .map(line -> Json.map(line.getBytes(UTF_8)))
                        .toList()
                : List.of();
    }

    static Map<String, Object> error(HttpResponse<String> response) {
        return error(response.body());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> error(String body) {
        return (Map<String, Object>) Json.map(body.getBytes(UTF_8)).get("error");
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    private HttpRequest request(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
        engine.close();
        server.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
