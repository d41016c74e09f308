package org.deepseekplugin.cli.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.time.Backoff;
import tools.jackson.databind.JsonNode;

/// Calls `/api/v1`. A call whose connection broke, or that met a server on its way down or up, is
/// repeated: reading is harmless, deleting is idempotent, and creating carries a key by which the
/// server knows the repetition. Thread-safe.
public final class ControlClient {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 8;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
    private final Connection connection;
    private final Backoff backoff;
    private final CountDownLatch never = new CountDownLatch(1);

    public ControlClient(Connection connection, Backoff backoff) {
        this.connection = connection;
        this.backoff = backoff;
    }

    /// @param path below `/api/v1`, such as `/services`
    /// @throws PlatformException with the server's own code and sentence
    /// @throws Rejection when the request itself is wrong, with every fault
    public JsonNode get(String path) {
        return call(request(path).GET());
    }

    /// Creates something, once, however often the call has to be repeated.
    public JsonNode post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    /// Creates something that a caller can name itself: a later call with the same key and body
    /// gets the first one's answer.
    public JsonNode post(String path, Object body, String idempotencyKey) {
        BodyPublisher json = BodyPublishers.ofByteArray(Json.bytes(body));
        return call(request(path).header("idempotency-key", idempotencyKey).POST(json));
    }

    public JsonNode delete(String path) {
        return call(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(connection.url().resolve("/api/v1" + path))
                .timeout(DEADLINE)
                .header("authorization", "Bearer " + connection.apiKey().reveal())
                .header("content-type", "application/json");
    }

    private JsonNode call(HttpRequest.Builder request) {
        for (int attempt = 1; ; attempt++) {
            try {
                var response = http.send(request.build(), BodyHandlers.ofByteArray());
                if (response.statusCode() != 503 || attempt == ATTEMPTS) {
                    return answer(response);
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(attempt);
        }
    }

    private void pause(int attempt) {
        try {
            var _ = never.await(backoff.after(attempt).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static JsonNode answer(HttpResponse<byte[]> response) {
        if (response.statusCode() < 300) {
            return response.body().length == 0
                    ? Json.mapper().nullNode()
                    : Json.tree(response.body());
        }
        var problem = Json.tree(response.body());
        var code =
                Arrays.stream(ErrorCode.values())
                        .filter(known -> known.code().equals(problem.path("code").asString("")))
                        .findFirst()
                        .orElse(ErrorCode.INTERNAL);
        var detail = problem.path("detail").asString("HTTP " + response.statusCode());
        var faults = problem.path("errors").valueStream().map(Rejection.Fault::of).toList();
        throw faults.isEmpty()
                ? new PlatformException(code, detail)
                : new Rejection(code, detail, faults);
    }

    private PlatformException unreachable(IOException e) {
        return new PlatformException(
                ErrorCode.UPSTREAM_FAILED,
                "Cannot reach the server at %s (%s). Is it up? `deepseek up` starts one; DEEPSEEK_URL names another."
                        .formatted(
                                connection.url(),
                                e.getMessage() == null
                                        ? e.getClass().getSimpleName()
                                        : e.getMessage()),
                e);
    }

    private static PlatformException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PlatformException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
    }
}
