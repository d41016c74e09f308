package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be answered is refused clearly, and a normal request works right after.
@Timeout(30)
final class RefusalsIT {
    private static final String QUESTION = "{\"model\": \"tiny\", \"messages\": []}";

    private GatewayFixture gateway;
    private FakeEngine engine;

    @BeforeEach
    void start() throws Exception {
        var limits =
                new RequestLimits(
                        64 * 1024, 96 * 1024, 200, Duration.ofMillis(300), Duration.ofSeconds(60));
        gateway =
                new GatewayFixture(
                        GatewayOptions.DEFAULT.withLimits(limits), new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(gateway.chat(QUESTION).statusCode()).isEqualTo(200);
        Await.until("nothing is left", () -> gateway.inFlight() == 0);
        engine.close();
        gateway.close();
    }

    @Test
    void malformed_json_is_400_with_the_place() throws Exception {
        var answer = gateway.chat("{\"model\": \"tiny\",\n\"messages\": [}");

        assertRefused(answer, 400, "invalid_json");
        assertThat(answer.body()).contains("line 2, column 14");
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void an_unknown_model_is_404_and_names_those_that_there_are() throws Exception {
        var answer = gateway.chat("{\"model\": \"tinny\"}");

        assertRefused(answer, 404, "model_not_found");
        assertThat(answer.body())
                .contains("gpt-4-turbo, tiny", "Did you mean \\\"tiny\\\"", "\"param\":\"model\"");
    }

    @Test
    void a_model_the_key_may_not_use_is_403_and_not_listed() throws Exception {
        var answer = as(GatewayFixture.NARROW_KEY, "/v1/chat/completions", QUESTION);
        assertRefused(answer, 403, "insufficient_permissions");

        var models =
                gateway.http.send(
                        gateway.request("/v1/models")
                                .setHeader("Authorization", "Bearer " + GatewayFixture.NARROW_KEY)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(models.body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @Test
    void no_key_is_401() throws Exception {
        var answer = as("", "/v1/chat/completions", QUESTION);
        assertRefused(answer, 401, "invalid_api_key");
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void an_unknown_path_is_404_and_a_wrong_method_405() throws Exception {
        assertRefused(gateway.get("/v1/nothing"), 404, "not_found");
        var answer = gateway.get("/v1/chat/completions");
        assertRefused(answer, 405, "method_not_allowed");
        assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void heads_are_answered_where_there_is_something_to_get() throws Exception {
        var head =
                gateway.http.send(
                        gateway.request("/v1/models").HEAD().build(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(gateway.get("/v1/models").body().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "DELETE", "PUT", "PATCH", "HEAD"})
    void other_methods_are_405_and_name_the_right_one(String method) throws Exception {
        var answer =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void what_nobody_foresaw_is_500_and_no_silence() throws Exception {
        gateway.broken = true;
        assertRefused(gateway.chat(QUESTION), 500, "internal");
        assertRefused(gateway.get("/v1/models"), 500, "internal");
        gateway.broken = false;
    }

    @Test
    void without_a_ready_replica_it_is_503_with_retry_after() throws Exception {
        gateway.serve();

        var answer = gateway.chat(QUESTION);

        assertRefused(answer, 503, "no_ready_replica");
        assertThat(answer.headers().firstValueAsLong("retry-after")).isPresent();
        gateway.serve(engine.endpoint());
    }

    @Test
    void a_node_behind_a_tunnel_is_not_active_yet() throws Exception {
        gateway.serve(Endpoint.replica("r9", "tiny", new Reach.Tunnel("node-9")));

        var answer = gateway.chat(QUESTION);

        assertRefused(answer, 400, "not_active_yet");
        assertThat(answer.body()).contains("node-9");
        gateway.serve(engine.endpoint());
    }

    @Test
    void an_oversized_body_is_413_whether_its_length_is_announced_or_not() throws Exception {
        var large = "{\"model\": \"tiny\", \"a\": \"" + "x".repeat(100_000) + "\"}";
        assertRefused(gateway.chat(large), 413, "request_too_large");

        var chunked =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofByteArrays(
                                                        List.of(
                                                                large.substring(0, 50_000)
                                                                        .getBytes(),
                                                                large.substring(50_000)
                                                                        .getBytes()))))
                                .build(),
                        BodyHandlers.ofString());
        assertRefused(chunked, 413, "request_too_large");
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void an_endless_body_gets_its_answer_and_then_a_closed_connection() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.head(1_000_000_000));
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void bodies_that_are_too_much_together_are_503_until_there_is_room() throws Exception {
        var large = "{\"model\": \"tiny\", \"a\": \"" + "x".repeat(50_000) + "\"}";
        try (var slow = new RawClient(gateway.port())) {
            slow.send(RawClient.head(60_000) + large);
            Await.until("the second is refused", () -> isOverloaded(large));
            assertThat(slow.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408");
        }
        Await.until("the first is gone", () -> gateway.inFlight() == 0);
        assertThat(gateway.chat(large).statusCode()).isEqualTo(200);
    }

    private boolean isOverloaded(String body) {
        try {
            var answer = gateway.chat(body);
            return answer.statusCode() == 503
                    && answer.headers().firstValue("retry-after").isPresent();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_body_that_does_not_arrive_is_408() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.head(100) + "{\"model\":");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_its_body_leaves_nothing_behind() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.head(100) + "{\"model\":");
            Await.until("the request is there", () -> gateway.inFlight() == 1);
        }
        Await.until("the request is gone", () -> gateway.inFlight() == 0);
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void a_compressed_body_is_refused_rather_than_unpacked() throws Exception {
        var answer =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString(QUESTION))
                                .build(),
                        BodyHandlers.ofString());

        assertRefused(answer, 400, "invalid_request");
    }

    @Test
    void a_body_needs_no_content_type_and_may_have_a_wrong_one() throws Exception {
        var answer =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(QUESTION))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(engine.asked.getFirst().headers().get("content-type"))
                .isEqualTo("application/json");
    }

    @Test
    void what_the_ledger_cannot_take_is_not_sent() throws Exception {
        gateway.ledger.full = true;

        assertRefused(gateway.chat(QUESTION), 503, "overloaded");

        gateway.ledger.full = false;
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void an_engines_own_error_passes_through() throws Exception {
        var error =
                "{\"error\":{\"message\":\"9000 tokens are more than 8192\",\"type\":"
                        + "\"invalid_request_error\",\"param\":\"messages\",\"code\":"
                        + "\"context_length_exceeded\"}}";
        engine.behave((request, asked) -> FakeEngine.json(request, 400, error));

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(error);
        engine.behave((request, asked) -> FakeEngine.json(request, 200, FakeEngine.ANSWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Bad Gateway</html>",
                "",
                "{\"detail\": \"nope\"}",
                "{\"error\": \"text\"}"
            })
    void an_error_in_any_other_shape_is_put_into_openais(String body) throws Exception {
        engine.behave((request, asked) -> FakeEngine.json(request, 500, body));

        assertRefused(gateway.chat(QUESTION), 502, "upstream_failed");
        engine.behave((request, asked) -> FakeEngine.json(request, 200, FakeEngine.ANSWER));
    }

    @Test
    void headers_that_concern_only_the_node_stay_behind() throws Exception {
        engine.behave((request, asked) -> {
            request.response()
                    .putHeader("server", "engine/1")
                    .putHeader("set-cookie", "a=b")
                    .putHeader("x-request-id", "engine-own")
                    .putHeader("connection", "keep-alive, x-for-the-gateway")
                    .putHeader("x-for-the-gateway", "secret")
                    .putHeader("x-engine-extra", "kept");
            FakeEngine.json(request, 200, FakeEngine.ANSWER);
        });

        var headers = gateway.chat(QUESTION).headers();

        assertThat(headers.map()).doesNotContainKeys("server", "set-cookie", "x-for-the-gateway");
        assertThat(headers.allValues("x-request-id")).hasSize(1).doesNotContain("engine-own");
        assertThat(headers.firstValue("x-engine-extra")).hasValue("kept");
    }

    @Test
    void a_clients_request_id_comes_back_and_leads_the_engines() throws Exception {
        var answer =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .header("X-Request-Id", "my-own-request")
                                .POST(BodyPublishers.ofString(QUESTION))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("x-request-id")).hasValue("my-own-request");
        assertThat(engine.asked.getFirst().headers().get("x-request-id"))
                .startsWith("my-own-request-");
    }

    private HttpResponse<String> as(String key, String path, String body) throws Exception {
        return gateway.http.send(
                gateway.request(path)
                        .setHeader("Authorization", "Bearer " + key)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        var id = answer.headers().firstValue("x-request-id").orElseThrow();
        var error = Json.tree(answer.body().getBytes()).get("error");
        assertThat(error.get("code").asString()).isEqualTo(code);
        assertThat(error.get("message").asString()).isNotBlank();
        assertThat(error.get("type").asString()).isNotBlank();
        assertThat(error.has("param")).isTrue();
        assertThat(error.get("request_id").asString()).isEqualTo(id);
    }
}
