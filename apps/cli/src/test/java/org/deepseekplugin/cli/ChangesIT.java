package org.deepseekplugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Commands that change something.
class ChangesIT extends CommandLineCase {
    private static final String DEPLOY = "POST /api/v1/services";
    private static final String ALLOCATE = "POST /api/v1/resources";

    @Test
    void deploy_warns_waits_and_tells_each_state_once() throws IOException {
        var path = "GET /api/v1/services/chat";
        server.on(DEPLOY, 201, Examples.service("starting", "booting", 0))
                .on(path, 200, Examples.service("starting", "booting", 0))
                .on(path, 200, Examples.service("starting", "booting", 0))
                .on(path, 200, Examples.service("ready", "ready", 1));
        var ran = run("deploy", file("name: chat\nmodel: m\nreplicas: 1\n"));
        assertThat(ran.exit()).isZero();
        assertThat(ran.err().lines())
                .containsExactly(
                        "Warning: standby: not active yet; none is kept",
                        "service chat: booting",
                        "service chat: ready");
        assertThat(ran.out()).contains("Service chat serves SmolLM2: ready, 1 of 1 replicas");
        assertThat(server.asked(DEPLOY).getFirst().body())
                .contains("\"name\":\"chat\"", "\"replicas\":1");
    }

    @Test
    void every_fault_of_a_file_is_told_with_its_line() throws IOException {
        server.on(
                DEPLOY,
                400,
                Examples.problem(
                        400,
                        "invalid_request",
                        "3 things are wrong with this request; see errors.",
                        Examples.error("body/name", "is bad."),
                        Examples.error("body/where/1/market", "is bad."),
                        Examples.error("body/idle_timeout", "is bad.")));
        var ran =
                run(
                        "deploy",
                        file(
                                "# mine\nname: chat\nmodel: m\nwhere:\n  - region: a\n  - region: b\n    market: c\nidle-timeout: 5m\n"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly(
                        "service.yaml line 2: name: is bad.",
                        "service.yaml line 7: where[1].market: is bad.",
                        "service.yaml line 8: idle_timeout: is bad.");
    }

    @Test
    void what_is_no_yaml_is_told_with_its_line() throws IOException {
        var ran = run("deploy", file("name: chat\nmodel: [m\n"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("service.yaml line ", "not valid YAML");
    }

    @Test
    void who_waits_in_vain_is_told_how_to_give_it_back() throws IOException {
        server.on(DEPLOY, 201, Examples.service("starting", "pending", 0))
                .on("GET /api/v1/services/chat", 200, Examples.service("starting", "pending", 0));
        var ran = run("deploy", "--timeout=0", file("name: chat\nmodel: m\n"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("deepseek release chat");
    }

    @Test
    void a_dropped_connection_is_repeated_with_the_same_idempotency_key() {
        server.drop(ALLOCATE).drop(ALLOCATE).on(ALLOCATE, 201, Examples.resource("pending"));
        var ran = run("allocate", "--region", "us-west-2", "--instance-type", "t", "--no-wait");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("c7i.large in us-west-2a, 0.0892 USD per hour", "deepseek release res-1");
        var asked = server.asked(ALLOCATE);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
        assertThat(asked.stream().map(one -> one.headers().get("idempotency-key")).distinct())
                .hasSize(1)
                .doesNotContainNull();
        assertThat(asked.getLast().body())
                .contains("\"config\":{\"region\":\"us-west-2\",\"instance_type\":\"t\"}");
    }

    @Test
    void release_tries_each_name_and_says_how_each_went() {
        server.on(SERVICES, 200, Examples.services(Examples.service("ready", "ready", 1)))
                .on(RESOURCES, 200, Examples.resources(Examples.resource("ready")))
                .on(
                        "GET /api/v1/events?limit=1000",
                        200,
                        Examples.events(Examples.event(1, "service.deleting", "res-0", "old")))
                .on("DELETE /api/v1/services/chat", 204, "")
                .on("DELETE /api/v1/resources/res-1", 204, "");
        var ran = run("release", "chatt", "chat", "old", "res-1");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "chat is given back.",
                        "res-1 is given back.",
                        "old was given back already");
        assertThat(ran.err()).contains("\"chatt\"", "Did you mean \"chat\"?");
        assertThat(server.asked("DELETE /api/v1/services/chat")).hasSize(1);
        assertThat(server.asked("DELETE /api/v1/resources/res-1")).hasSize(1);
    }

    @Test
    void a_key_is_alone_on_standard_output() {
        server.on(
                "POST /api/v1/keys",
                201,
                Examples.key("null").stripTrailing().replaceFirst("\\{", "{\"key\": \"sk-new\", "));
        assertThat(run("keys", "create", "laptop").out()).isEqualTo("sk-new\n");
    }

    @Test
    void a_second_revocation_says_that_it_was_revoked_already() {
        var revoked = Examples.key("\"2026-01-01T00:00:00Z\"");
        server.on("GET /api/v1/keys", 200, "{\"keys\": [%s]}".formatted(Examples.key("null")))
                .on("GET /api/v1/keys", 200, "{\"keys\": [%s]}".formatted(revoked))
                .on("DELETE /api/v1/keys/key_1", 204, "");
        assertThat(run("keys", "revoke", "key_1").out()).isEqualTo("key_1 is revoked.\n");
        assertThat(run("keys", "revoke", "key_1").out()).contains("was revoked already");
        assertThat(run("keys", "revoke", "laptop").err()).contains("key_1");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("service.yaml"), yaml).toString();
    }
}
