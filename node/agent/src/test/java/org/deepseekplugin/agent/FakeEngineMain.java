package org.deepseekplugin.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// An engine without a model: speaks the contract of `node/engines/host` with the JDK alone, so
/// that it starts fast. Its answers say what it was asked.
final class FakeEngineMain {
    private final Path usageLog;
    private final String replica;
    private final AtomicInteger running = new AtomicInteger();

    private FakeEngineMain(Path usageLog, String replica) {
        this.usageLog = usageLog;
        this.replica = replica;
    }

    public static void main(String[] arguments) throws IOException {
        var engine =
                new FakeEngineMain(
                        Path.of(value("--usage-log", arguments)), value("--replica", arguments));
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", engine::handle);
        server.start();
        System.out.println("fake engine listens");
        Files.writeString(
                Path.of(value("--port-file", arguments)),
                Integer.toString(server.getAddress().getPort()));
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/health", "/engine/drain" -> answer(exchange, "{}");
                case "/engine/stats" ->
                        answer(exchange, "{\"running\":%d,\"slots\":4}".formatted(running.get()));
                case "/v1/echo" ->
                        answer(
                                exchange,
                                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                case "/v1/chat/completions" -> chat(exchange);
                case "/v1/stream" -> stream(exchange);
                case "/v1/break" -> breakOff(exchange);
                case "/v1/crash" -> System.exit(3);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        var id = exchange.getRequestHeaders().getFirst("x-request-id");
        if (id != null) {
            exchange.getResponseHeaders().set("x-request-id", id);
            record(id, "stop");
        }
        var bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// As OpenAI's API has it: the answer at once, or in fifty pieces over a second and a half.
    private void chat(HttpExchange exchange) throws IOException {
        var question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (!question.replace(" ", "").contains("\"stream\":true")) {
            answer(exchange, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi\"}}]}");
            return;
        }
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        for (int i = 0; i < 50; i++) {
            var piece = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + i + " \"}}]}";
            out.write(("data: " + piece + "\n\n").getBytes(UTF_8));
            out.flush();
            LockSupport.parkNanos(30_000_000);
        }
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
        record(exchange.getRequestHeaders().getFirst("x-request-id"), "stop");
    }

    private void stream(HttpExchange exchange) throws IOException {
        var id = exchange.getRequestHeaders().getFirst("x-request-id");
        running.incrementAndGet();
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < 10_000; i++) {
                out.write(("data: " + i + "\n\n").getBytes(UTF_8));
                out.flush();
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException e) {
            record(id, "cancelled");
        } finally {
            running.decrementAndGet();
        }
    }

    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write(new byte[10]);
        exchange.getResponseBody().flush();
        Runtime.getRuntime().halt(9);
    }

    private void record(String request, String finish) throws IOException {
        var line =
                "{\"request\":\"%s\",\"replica\":\"%s\",\"promptTokens\":3,\"completionTokens\":5,\"finish\":\"%s\",\"at\":\"%s\"}%n"
                        .formatted(request, replica, finish, Instant.now());
        Files.writeString(usageLog, line, CREATE, APPEND);
    }

    private static String value(String flag, String[] arguments) {
        return arguments[Arrays.asList(arguments).indexOf(flag) + 1];
    }
}
