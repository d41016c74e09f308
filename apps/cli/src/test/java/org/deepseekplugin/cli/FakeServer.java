package org.deepseekplugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A server that answers what a test told it to, and remembers what it was asked. What does not fit
/// `openapi.yaml`, be it question or answer, fails the test at the end.
final class FakeServer implements AutoCloseable {
    private final HttpServer http;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /// @param status 0 drops the connection without an answer
    private record Answer(int status, String body) {}

    record Asked(String line, String body, Map<String, String> headers) {}

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    /// The last answer to a request is repeated.
    FakeServer on(String line, int status, String body) {
        answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    FakeServer drop(String line) {
        return on(line, 0, "");
    }

    List<Asked> asked(String line) {
        return asked.stream().filter(one -> one.line().equals(line)).toList();
    }

    /// @return a data directory whose `client.json` leads here
    Path clientOf(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("client.json"),
                "{\"url\": \"http://127.0.0.1:%d\", \"api_key\": \"sk-admin\"}"
                        .formatted(http.getAddress().getPort()));
        return folder;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        asked.add(new Asked(line, body, headers));
        var answer = next(line);
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        check(line, body, answer);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void check(String line, String body, Answer answer) {
        try {
            Promised.check(line, body, answer.status(), answer.body());
        } catch (AssertionError | RuntimeException e) {
            broken.add(e);
        }
    }

    private Answer next(String line) {
        var queue = answers.get(line);
        if (queue == null) {
            return new Answer(
                    404, Examples.problem(404, "not_found", "Nothing at %s.".formatted(line)));
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        assertThat(broken).isEmpty();
    }
}
