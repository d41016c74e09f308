package org.deepseekplugin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.EmulatedCloud;
import org.deepseekplugin.server.LiveServer;
import org.deepseekplugin.server.MovableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `Idempotency-Key`: an effect once, however often it is asked for.
class IdempotencyIT {
    private static final String KEY = "{\"name\": \"one\"}";
    private static final int AT_ONCE = 8;

    @TempDir static Path folder;

    private static final MovableClock CLOCK = new MovableClock();
    private static EmulatedCloud cloud;
    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        cloud = EmulatedCloud.start(folder);
        server = LiveServer.start(folder.resolve("data"), CLOCK, cloud.config());
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
    }

    @Test
    void the_same_request_gets_the_same_answer() {
        var first = once("same", "/api/v1/keys", KEY);
        var second = once("same", "/api/v1/keys", KEY);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void another_request_under_the_key_is_refused() {
        assertThat(once("other", "/api/v1/keys", KEY).status()).isEqualTo(201);
        reused(once("other", "/api/v1/keys", "{\"name\": \"two\"}"), "other");
    }

    @Test
    void a_key_of_one_operation_is_refused_by_every_other() {
        assertThat(once("k1", "/api/v1/keys", KEY).status()).isEqualTo(201);
        assertThat(once("k2", "/api/v1/services", Examples.SERVICE).status()).isEqualTo(201);
        assertThat(once("k3", "/api/v1/resources", resource("crossed")).status()).isEqualTo(201);
        for (var key : new String[] {"k2", "k3"}) {
            reused(once(key, "/api/v1/keys", KEY), key);
        }
        for (var key : new String[] {"k1", "k3"}) {
            reused(once(key, "/api/v1/services", Examples.SERVICE), key);
        }
        for (var key : new String[] {"k1", "k2"}) {
            reused(once(key, "/api/v1/resources", resource("crossed")), key);
        }
    }

    @Test
    void many_at_once_have_one_effect() throws Exception {
        var keys = atOnce(() -> once("crowd-1", "/api/v1/keys", "{\"name\": \"crowd\"}"));
        assertThat(keys).allMatch(answer -> answer.status() == 201);
        assertThat(keys.stream().map(answer -> answer.text("/key")).distinct()).hasSize(1);
        assertThat(listed("keys", "crowd")).isEqualTo(1);

        var resources = atOnce(() -> once("crowd-2", "/api/v1/resources", resource("crowd")));
        assertThat(resources).allMatch(answer -> answer.status() == 201);
        assertThat(resources.stream().map(answer -> answer.text("/id")).distinct()).hasSize(1);
        assertThat(listed("resources", "crowd")).isEqualTo(1);
    }

    @Test
    void a_repeated_deployment_does_not_undo_what_came_after() {
        var small = "{\"name\": \"busy\", \"model\": \"SmolLM2-135M-Instruct\", \"replicas\": 0}";
        assertThat(once("d1", "/api/v1/services", small).status()).isEqualTo(201);
        var large = small.replace("0}", "2}");
        assertThat(once("d2", "/api/v1/services", large).status()).isEqualTo(201);

        var repeated = once("d1", "/api/v1/services", small);

        assertThat(repeated.status()).isEqualTo(201);
        assertThat(server.get("/api/v1/services/busy").text("/wanted_replicas")).isEqualTo("2");
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        var before = once("daily", "/api/v1/keys", "{\"name\": \"daily\"}");
        CLOCK.move(Duration.ofHours(25));
        var after = once("daily", "/api/v1/keys", "{\"name\": \"daily\"}");
        assertThat(after.status()).as(after.body()).isEqualTo(201);
        assertThat(after.text("/key")).isNotEqualTo(before.text("/key"));
        assertThat(after.text("/id")).isNotEqualTo(before.text("/id"));
    }

    private static ArrayList<Answer> atOnce(Callable<Answer> ask) throws Exception {
        var running = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(threads.submit(ask));
            }
        }
        var answers = new ArrayList<Answer>();
        for (var one : running) {
            answers.add(one.get());
        }
        return answers;
    }

    private static long listed(String what, String name) {
        return server.get("/api/v1/" + what)
                .json()
                .get(what)
                .valueStream()
                .filter(one -> one.get("name").asString().equals(name))
                .count();
    }

    private static String resource(String name) {
        return Examples.RESOURCE.replace("pinned", name);
    }

    private static Answer once(String key, String target, String body) {
        return server.ask("POST", target)
                .key(server.admin())
                .with("Idempotency-Key", key)
                .body(body)
                .send();
    }

    private static void reused(Answer answer, String key) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("idempotency_key_reused");
        assertThat(answer.detail()).contains("\"" + key + "\"");
    }
}
