package org.deepseekplugin.engine.llama;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deepseekplugin.platform.json.Json;

/// An engine's process, as its agent starts it.
final class EngineUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final Process process;
    final Path usage;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    EngineUnderTest(Path folder, String... more) throws IOException {
        usage = folder.resolve("usage");
        var portFile = folder.resolve("port");
        Files.deleteIfExists(portFile);
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.deepseekplugin.engine.EngineMain"));
        command.addAll(List.of("--engine", "llama", "--weights", TestTools.weights().toString()));
        command.addAll(List.of("--natives", TestTools.natives().toString(), "--model", "small"));
        command.addAll(List.of("--usage-log", usage.toString()));
        command.addAll(List.of("--port-file", portFile.toString(), "--watch-stdin"));
        command.addAll(List.of(more));
        process =
                new ProcessBuilder(command)
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("log").toFile())
                        .start();
        port = Integer.parseInt(Files.readString(awaited(portFile)).strip());
    }

    private Path awaited(Path file) {
        await(() -> Files.exists(file) || !process.isAlive());
        return file;
    }

    CompletableFuture<HttpResponse<String>> post(String path, String body, String... headers) {
        return client.sendAsync(request(path, body, headers), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<Stream<String>>> stream(String path, String body) {
        return client.sendAsync(request(path, body), BodyHandlers.ofLines());
    }

    Map<String, Object> stats() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/engine/stats")).build();
        return Json.map(client.send(request, BodyHandlers.ofByteArray()).body());
    }

    List<Map<String, Object>> records() throws IOException {
        return Files.exists(usage)
                ? Files.readAllLines(usage).stream()
                        .map(line -> Json.map(line.getBytes(UTF_8)))
                        .toList()
                : List.of();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + PATIENCE);
        }
        return process.exitValue();
    }

    static void await(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    interface Condition {
        boolean holds();
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
        process.destroyForcibly();
    }
}
