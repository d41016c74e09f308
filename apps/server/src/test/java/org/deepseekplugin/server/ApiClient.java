package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.deepseekplugin.platform.json.Json;

/// Calls a server as a client program does, by its `client.json`.
record ApiClient(HttpClient http, String url, String key) {

    static ApiClient of(Path dataDir) throws IOException {
        var json = Json.tree(Files.readAllBytes(dataDir.resolve("client.json")));
        return new ApiClient(
                HttpClient.newHttpClient(),
                json.path("url").asString(),
                json.path("api_key").asString());
    }

    void post(String path, String body) {
        var answer = send(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    HttpResponse<String> chat(boolean stream) {
        return send(
                "/v1/chat/completions",
                """
                {"model": "SmolLM2-135M-Instruct", "stream": %s,
                 "messages": [{"role": "user", "content": "hello"}]}
                """
                        .formatted(stream));
    }

    /// The newest events, as they are printed.
    String events() {
        return exchange(request("/api/v1/events").GET()).body();
    }

    private HttpResponse<String> send(String path, String body) {
        return exchange(request(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
