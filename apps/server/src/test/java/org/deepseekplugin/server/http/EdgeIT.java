package org.deepseekplugin.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.LiveServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every request over loopback passes, and the pages that need no key there.
class EdgeIT {
    @TempDir static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        var config =
                Files.writeString(folder.resolve("c.yaml"), "allowed-hosts: [tunnel.example]\n");
        server = LiveServer.start(folder.resolve("data"), Clock.systemUTC(), config);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/api/v1/status",
                "/api/openapi.yaml",
                "/docs",
                "/docs/start.js",
                "/metrics",
                "/healthz",
                "/readyz",
                "/",
                "/nowhere"
            })
    void names_and_pages_of_strangers_are_refused_everywhere(String path) {
        forbidden(path, "Host", "evil.example:" + server.running().port());
        forbidden(path, "Host", "127.0.0.1.evil.example");
        forbidden(path, "Origin", "http://evil.example");
        forbidden(path, "Origin", "http://localhost.evil.example");
        forbidden(path, "Origin", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8000", "127.0.0.1", "[::1]:8000", "tunnel.example"})
    void own_names_and_allowed_ones_pass(String host) {
        var named = server.ask("GET", "/healthz").with("Host", host).send();
        assertThat(named.status()).isEqualTo(200);
        var page = server.ask("GET", "/healthz").with("Origin", "http://" + host).send();
        assertThat(page.status()).isEqualTo(200);
    }

    @Test
    void pages_need_no_key_on_loopback() throws IOException {
        page("/healthz", "text/plain", "ok");
        page("/readyz", "text/plain", "ready");
        page("/metrics", "text/plain", "jvm_");
        page("/docs", "text/html", "start.js");
        page("/docs/start.js", "text/javascript", "SwaggerUIBundle");
        page("/docs/swagger-ui-bundle.js", "text/javascript", "SwaggerUIBundle");
        page("/docs/swagger-ui.css", "text/css", ".swagger-ui");
        try (var contract = EdgeIT.class.getResourceAsStream("/openapi.yaml")) {
            page(
                    "/api/openapi.yaml",
                    "application/yaml",
                    new String(contract.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics", "/docs", "/api/openapi.yaml"})
    void pages_can_only_be_read(String path) {
        var head = server.ask("HEAD", path).send();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        var posted = server.ask("POST", path).body("{}").send();
        assertThat(posted.status()).isEqualTo(405);
        assertThat(posted.code()).isEqualTo("method_not_allowed");
        assertThat(posted.header("allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void what_is_missing_is_said_in_the_words_of_its_path() {
        assertThat(server.get("/docs/none").code()).isEqualTo("not_found");
        assertThat(server.get("/v1beta").code()).isEqualTo("not_found");
        assertThat(server.get("/v1/none").text("/error/code")).isNotEmpty();
    }

    private static void page(String path, String type, String content) {
        var answer = server.ask("GET", path).send();
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.header("content-type")).as(path).startsWith(type);
        assertThat(answer.header("x-request-id")).as(path).startsWith("req_");
        assertThat(answer.body().contains(content)).as(path + " contains " + content).isTrue();
    }

    private static void forbidden(String path, String header, String value) {
        var answer = server.ask("GET", path).key(server.admin()).with(header, value).send();
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(code(path, answer)).isEqualTo("forbidden_host");
        var host = value.replace(":" + server.running().port(), "");
        assertThat(answer.body()).contains(host).contains("allowed-hosts");
    }

    private static String code(String path, Answer answer) {
        return path.startsWith("/v1") ? answer.text("/error/code") : answer.code();
    }
}
