package org.deepseekplugin.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.databind.JsonNode;

/// Calls `/v1`. One thread at a time.
public final class ChatClient {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String DATA = "data: ";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
    private final Connection connection;

    /// @param role `system`, `user` or `assistant`
    public record Message(String role, String content) {}

    public ChatClient(Connection connection) {
        this.connection = connection;
    }

    /// @throws PlatformException `no_ready_replica` when there is none
    public String firstModel() {
        try (var body = send(request("/v1/models").GET().build())) {
            return Json.tree(body.readAllBytes())
                    .path("data")
                    .valueStream()
                    .map(model -> model.path("id").asString(""))
                    .findFirst()
                    .orElseThrow(ChatClient::nothingServed);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// @param heard each piece of the answer as it comes
    /// @return the whole answer
    public String stream(String model, List<Message> messages, Consumer<String> heard) {
        var body = Json.bytes(Map.of("model", model, "messages", messages, "stream", true));
        var request =
                request("/v1/chat/completions").POST(BodyPublishers.ofByteArray(body)).build();
        var answer = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(send(request), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA) && line.startsWith("{", DATA.length())) {
                    var piece = piece(Json.tree(line.substring(DATA.length()).getBytes(UTF_8)));
                    answer.append(piece);
                    heard.accept(piece);
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        return answer.toString();
    }

    /// @return OpenAI's answer as it came, in one piece
    public JsonNode complete(String model, List<Message> messages) {
        var body = Json.bytes(Map.of("model", model, "messages", messages));
        var request =
                request("/v1/chat/completions").POST(BodyPublishers.ofByteArray(body)).build();
        try (var answer = send(request)) {
            return Json.tree(answer.readAllBytes());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static String piece(JsonNode event) {
        if (event.has("error")) {
            throw failed(event, 502);
        }
        return event.path("choices").path(0).path("delta").path("content").asString("");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(connection.url().resolve(path))
                .timeout(DEADLINE)
                .header("authorization", "Bearer " + connection.apiKey().reveal())
                .header("content-type", "application/json");
    }

    private InputStream send(HttpRequest request) throws IOException {
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw failed(response);
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
        }
    }

    private static PlatformException failed(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            return failed(Json.tree(body.readAllBytes()), response.statusCode());
        }
    }

    private static PlatformException failed(JsonNode answer, int status) {
        var error = answer.path("error");
        return new PlatformException(
                ErrorCode.UPSTREAM_FAILED, error.path("message").asString("HTTP " + status));
    }

    private static PlatformException nothingServed() {
        return new PlatformException(
                ErrorCode.NO_READY_REPLICA,
                "No model is served. Deploy one: deepseek deploy service.yaml");
    }

    private PlatformException broken(IOException e) {
        return new PlatformException(
                ErrorCode.UPSTREAM_FAILED,
                "The connection to %s broke (%s). Is the server up? `deepseek status` tells."
                        .formatted(connection.url(), e),
                e);
    }
}
