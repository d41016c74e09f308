package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.Await;
import org.deepseekplugin.server.EmulatedCloud;
import org.deepseekplugin.server.LiveServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deploying and allocating on an emulated cloud.
class ServicesIT {
    @TempDir static Path folder;

    private static EmulatedCloud cloud;
    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        cloud = EmulatedCloud.start(folder);
        server = LiveServer.start(folder.resolve("data"), Clock.systemUTC(), cloud.config());
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
    }

    @Test
    void keys_that_do_nothing_yet_are_answered_with_a_warning() {
        var answer =
                server.post(
                        "/api/v1/services",
                        """
                        {"name": "wishes", "model": "SmolLM2-135M-Instruct",
                         "replicas": {"min": 0, "max": 4}, "prefer": "spot",
                         "standby": {"cloud": "azure", "kind": "warm"},
                         "engine": {"name": "auto", "flash-attention": "on", "preload_model": true},
                         "idle-timeout": "30m",
                         "scaling-policies": [
                           {"metric": "gpu_utilization", "threshold": "85%", "action": "scale_out", "cooldown": "300s"},
                           {"metric": "queue_length", "threshold": 50, "action": "add_node", "cloud_provider": "azure"}]}
                        """);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().get("warnings").valueStream().map(one -> one.asString()))
                .allMatch(warning -> warning.contains("not active yet"))
                .extracting(warning -> warning.substring(0, warning.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "replicas.max",
                        "prefer",
                        "standby",
                        "engine.flash-attention",
                        "engine.preload",
                        "idle-timeout",
                        "scaling-policies");
    }

    @Test
    void deploying_twice_changes_nothing() {
        var first = deploy("steady", 0);
        var second = deploy("steady", 0);
        assertThat(second.json()).isEqualTo(first.json());
        var changed = deploy("steady", 1);
        assertThat(changed.text("/id")).isEqualTo(first.text("/id"));
        assertThat(changed.text("/generation")).isEqualTo("2");
    }

    @Test
    void a_deleted_service_is_gone_with_its_machines() throws Exception {
        deploy("leaving", 1);
        Await.until("a machine is rented", () -> instanceOf("leaving").startsWith("aws/"));
        assertThat(server.delete("/api/v1/services/leaving").status()).isEqualTo(204);
        Await.until(
                "the service is gone",
                () -> server.get("/api/v1/services/leaving").status() == 404);
        assertThat(server.delete("/api/v1/services/leaving").status()).isEqualTo(404);
    }

    @Test
    void an_unknown_model_names_those_that_there_are() {
        var answer =
                server.post("/api/v1/services", "{\"name\": \"a\", \"model\": \"smollm2-135m\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("model_not_found");
        assertThat(answer.detail()).contains("smollm2-135m").contains("SmolLM2-135M-Instruct");
    }

    @Test
    void an_unknown_service_names_the_nearest() {
        deploy("summaries", 0);
        var answer = server.get("/api/v1/services/sumaries");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail())
                .contains("\"sumaries\"")
                .contains("Did you mean \"summaries\"?");
    }

    @Test
    void a_resource_goes_by_the_name_it_was_given() throws Exception {
        var made = allocate("second");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.text("/name")).isEqualTo("second");
        assertThat(server.get("/api/v1/resources/second").text("/id")).isEqualTo(made.text("/id"));
        var again = allocate("second");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("conflict");
        assertThat(again.detail()).contains("\"second\"").contains(made.text("/id"));

        assertThat(server.delete("/api/v1/resources/second").status()).isEqualTo(204);
        Await.until(
                "the resource is gone",
                () -> server.get("/api/v1/resources/second").status() == 404);
        assertThat(allocate("second").status()).isEqualTo(201);
    }

    @Test
    void a_name_must_fit_as_for_a_service() {
        var answer = allocate("Not-Lower");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("body/name").contains("Not-Lower");
    }

    @Test
    void services_and_resources_do_not_take_each_others_names() {
        allocate("mine");
        deploy("yours", 0);
        assertThat(deploy("mine", 0).status()).isEqualTo(409);
        assertThat(allocate("yours").status()).isEqualTo(409);
        assertThat(server.get("/api/v1/services/mine").status()).isEqualTo(404);
        assertThat(server.delete("/api/v1/services/mine").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/resources/mine").status()).isEqualTo(200);
    }

    @Test
    void releasing_what_is_gone_is_success() throws Exception {
        var id = allocate("brief").text("/id");
        assertThat(server.delete("/api/v1/resources/" + id).status()).isEqualTo(204);
        assertThat(server.delete("/api/v1/resources/" + id).status()).isEqualTo(204);
        Await.until(
                "the resource is gone",
                () -> server.get("/api/v1/resources/" + id).status() == 404);
        assertThat(server.delete("/api/v1/resources/" + id).status()).isEqualTo(204);
        assertThat(server.delete("/api/v1/resources/never-was").status()).isEqualTo(404);
    }

    @Test
    void an_unknown_instance_type_names_the_nearest() {
        var answer =
                server.post(
                        "/api/v1/resources",
                        "{\"config\": {\"cloud\": \"aws\", \"instance_type\": \"c7i.lrge\"}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains("c7i.lrge").contains("c7i.large");
    }

    @Test
    void a_region_that_no_cloud_is_configured_for_is_refused_with_the_remedy() {
        var answer =
                server.post(
                        "/api/v1/services",
                        "{\"name\": \"far\", \"model\": \"SmolLM2-135M-Instruct\", \"where\": [{\"region\": \"us-wst-2\"}]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("body/where/0/region");
        assertThat(answer.detail())
                .contains("us-wst-2")
                .contains("Did you mean \"us-west-2\"?")
                .contains("clouds.aws.regions");
    }

    @Test
    void every_call_to_the_cloud_leaves_an_audit_line() throws Exception {
        allocate("audited");
        Await.until("a machine boots", () -> state("audited").equals("booting"));
        var lines = Files.readAllLines(server.dataDir().resolve("audit/cloud-calls.jsonl"));
        assertThat(lines)
                .map(line -> Json.tree(line.getBytes(UTF_8)))
                .allMatch(line -> line.get("cloud").asString().equals("aws"))
                .allMatch(line -> line.hasNonNull("at") && line.hasNonNull("millis"))
                .anyMatch(line -> line.get("action").asString().equals("RunInstances"));
    }

    private static Answer deploy(String name, int replicas) {
        return server.post(
                "/api/v1/services",
                "{\"name\": \"%s\", \"model\": \"SmolLM2-135M-Instruct\", \"replicas\": %d}"
                        .formatted(name, replicas));
    }

    private static Answer allocate(String name) {
        return server.post("/api/v1/resources", Examples.RESOURCE.replace("pinned", name));
    }

    private static String instanceOf(String service) {
        return server.get("/api/v1/services/" + service).text("/replicas/0/instance");
    }

    private static String state(String resource) {
        return server.get("/api/v1/resources/" + resource).text("/state");
    }
}
