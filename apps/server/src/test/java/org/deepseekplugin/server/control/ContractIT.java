package org.deepseekplugin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.Ask;
import org.deepseekplugin.server.EmulatedCloud;
import org.deepseekplugin.server.LiveServer;
import org.deepseekplugin.server.MovableClock;
import org.deepseekplugin.server.keys.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation of `openapi.yaml`, asked of a real server that rents from an emulated cloud.
class ContractIT {
    @TempDir static Path folder;

    private static final Contract CONTRACT = ClosedContract.load();
    private static final MovableClock CLOCK = new MovableClock();
    private static final Map<Role, String> KEYS = new HashMap<>();
    private static EmulatedCloud cloud;
    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        cloud = EmulatedCloud.start(folder);
        server = LiveServer.start(folder.resolve("data"), CLOCK, cloud.config());
        for (var role : Role.values()) {
            KEYS.put(role, server.newKey(role));
        }
        server.post("/api/v1/services", Examples.SERVICE);
        server.post("/api/v1/resources", Examples.RESOURCE);
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
    }

    static Stream<Named<Operation>> operations() {
        return CONTRACT.operations().stream().map(one -> Named.of(one.id(), one));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_answers_as_the_contract_says(Operation operation) {
        var answer = Examples.ask(server, operation).key(server.admin()).send();
        var expected = Examples.status(operation);
        assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        assertThat(answer.header("x-request-id")).startsWith("req_");
        CONTRACT.response(operation.id(), expected)
                .ifPresent(schema ->
                        assertThat(schema.validate(answer.json())).as(answer.body()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_role_may_do_what_the_contract_allows_it(Operation operation) {
        for (var role : Role.values()) {
            var answer = harmless(operation).key(KEYS.get(role)).send();
            if (role.includes(operation.role())) {
                assertThat(answer.status()).as("%s as %s", operation.id(), role).isNotIn(401, 403);
            } else {
                refused(answer, 403, "insufficient_permissions");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobody_gets_in_without_a_valid_key(Operation operation) {
        refused(harmless(operation).send(), 401, "invalid_api_key");
        refused(harmless(operation).key("sk-wrong").send(), 401, "invalid_api_key");
        refused(
                harmless(operation).with("Authorization", server.admin()).send(),
                401,
                "invalid_api_key");
    }

    @Test
    void a_refusal_names_roles_as_people_write_them() {
        var answer = server.ask("GET", "/api/v1/keys").key(KEYS.get(Role.VIEWER)).send();
        assertThat(answer.detail()).contains("role viewer").contains("needs admin");
    }

    @Test
    void a_key_is_good_until_it_expires_or_is_revoked() {
        var brief =
                server.newKey(
                        "{\"name\": \"brief\", \"role\": \"viewer\", \"expires_in\": \"1h\"}");
        var made = server.post("/api/v1/keys", "{\"name\": \"unloved\", \"role\": \"viewer\"}");
        assertThat(status(brief)).isEqualTo(200);
        assertThat(status(made.text("/key"))).isEqualTo(200);

        CLOCK.move(Duration.ofHours(2));
        assertThat(server.delete("/api/v1/keys/" + made.text("/id")).status()).isEqualTo(204);

        assertThat(status(brief)).isEqualTo(401);
        assertThat(status(made.text("/key"))).isEqualTo(401);
    }

    @Test
    void what_is_not_in_the_contract_is_said_to_be_missing() {
        refused(server.get("/api/v1/servces"), 404, "not_found");
        refused(server.get("/api/v1"), 404, "not_found");
        refused(server.get("/api/v1/services/"), 404, "not_found");
        refused(server.get("/elsewhere"), 404, "not_found");
        var wrongMethod = server.ask("PATCH", "/api/v1/services").key(server.admin()).send();
        refused(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.header("allow")).isEqualTo("GET, POST");
    }

    private static int status(String key) {
        return server.ask("GET", "/api/v1/status").key(key).send().status();
    }

    /// Comes to nothing, even where it is allowed.
    private static Ask harmless(Operation operation) {
        var ask = server.ask(operation.method().name(), Examples.path(operation, "nothing-there"));
        return operation.body().isPresent() ? ask.body("{}") : ask;
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(CONTRACT.schema("Problem").validate(answer.json())).as(answer.body()).isEmpty();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.detail()).endsWith(".");
        assertThat(answer.text("/request_id")).isEqualTo(answer.header("x-request-id"));
    }
}
