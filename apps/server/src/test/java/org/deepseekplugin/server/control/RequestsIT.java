package org.deepseekplugin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.LiveServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that do not fit the contract.
class RequestsIT {
    @TempDir static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void malformed_json_names_the_place() {
        var answer = server.post("/api/v1/keys", "{\"name\": \"a\",\n  \"role\": viewer}");
        refused(answer, 400, "invalid_json");
        assertThat(answer.detail()).contains("line 2, column 11");
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        var answer = server.post("/api/v1/keys", "{\"name\": \"a\", \"name\": \"b\"}");
        refused(answer, 400, "invalid_json");
        assertThat(answer.detail()).contains("name");
    }

    @Test
    void bottomless_json_is_refused() {
        var body = "{\"name\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        refused(server.post("/api/v1/keys", body), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "null", "7"})
    void json_that_is_no_object_is_refused(String body) {
        refused(server.post("/api/v1/keys", body), 400, "invalid_request");
    }

    @Test
    void a_body_that_is_required_must_be_there() {
        var answer = server.ask("POST", "/api/v1/keys").key(server.admin()).send();
        refused(answer, 400, "invalid_request");
        assertThat(answer.detail()).contains("body: is required");
    }

    @Test
    void an_unknown_field_names_the_nearest() {
        var answer = server.post("/api/v1/keys", "{\"name\": \"a\", \"rol\": \"viewer\"}");
        refused(answer, 400, "invalid_request");
        assertThat(answer.detail()).contains("\"rol\"").contains("Did you mean \"role\"?");
    }

    @Test
    void all_faults_are_told_at_once() {
        var answer =
                server.post("/api/v1/keys?dry=1", "{\"role\": \"king\", \"expires_in\": \"soon\"}");
        refused(answer, 400, "invalid_request");
        assertThat(
                        answer.json()
                                .get("errors")
                                .valueStream()
                                .map(one -> one.get("pointer").asString()))
                .containsExactlyInAnyOrder("dry", "body", "body/role", "body/expires_in");
        assertThat(answer.body()).contains("king").contains("soon");
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        var body = "{\"name\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}";
        var answer = server.post("/api/v1/keys", body);
        refused(answer, 413, "request_too_large");
        assertThat(answer.detail()).contains("1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "nonsense"})
    void a_body_counts_as_json_whatever_the_header_says(String contentType) {
        var answer =
                server.ask("POST", "/api/v1/keys")
                        .key(server.admin())
                        .with("Content-Type", contentType)
                        .body("{\"name\": \"typed\"}")
                        .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "many", "1e3", "99999999999999999999"})
    void a_number_outside_its_range_is_refused(String limit) {
        var answer = server.get("/api/v1/events?limit=" + limit);
        refused(answer, 400, "invalid_request");
        assertThat(answer.detail()).startsWith("limit: ").contains(limit);
    }

    @Test
    void an_unknown_parameter_names_the_nearest() {
        var answer = server.get("/api/v1/events?limt=5");
        refused(answer, 400, "invalid_request");
        assertThat(answer.detail()).contains("limt").contains("Did you mean \"limit\"?");
    }

    @Test
    void a_query_that_cannot_be_decoded_is_the_clients_fault() {
        refused(server.get("/api/v1/offers?cloud=%zz"), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pxx", "999999999999d", "P999999999999D", "P-1D", "0s"})
    void a_time_that_cannot_be_is_refused(String time) {
        var answer =
                server.post(
                        "/api/v1/keys",
                        "{\"name\": \"a\", \"expires_in\": \"%s\"}".formatted(time));
        refused(answer, 400, "invalid_request");
        assertThat(answer.detail()).startsWith("expires_in: ");
    }

    @Test
    void the_clients_request_id_is_kept_where_it_is_harmless() {
        var kept = server.ask("GET", "/api/v1/none").with("X-Request-Id", "mine-12345678").send();
        assertThat(kept.header("x-request-id")).isEqualTo("mine-12345678");
        assertThat(kept.text("/request_id")).isEqualTo("mine-12345678");
        var replaced = server.ask("GET", "/api/v1/none").with("X-Request-Id", "a b").send();
        assertThat(replaced.header("x-request-id")).startsWith("req_");
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
