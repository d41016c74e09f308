package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import tools.jackson.databind.JsonNode;

/// The control API over HTTP, as other programs use it.
final class ControlIT {
    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void a_fault_is_set_seen_and_cleared() {
        post(
                "fault",
                "{\"action\":\"DescribeRegions\",\"code\":\"RequestLimitExceeded\",\"times\":-1}");
        assertThat(refusal(cloud.ec2::describeRegions)).isEqualTo("RequestLimitExceeded");
        assertThat(
                        tree(Http.send("GET", cloud.aws.control() + "/fault", ""))
                                .path(0)
                                .path("mode")
                                .asString())
                .isEqualTo("error");

        Http.send("DELETE", cloud.aws.control() + "/fault", "");

        cloud.ec2.describeRegions();
    }

    @Test
    void every_mode_has_its_name() {
        for (var mode :
                new String[] {
                    "error",
                    "reset_after",
                    "hang_after",
                    "truncate_after",
                    "delay",
                    "partial",
                    "duplicate"
                }) {
            post("fault", "{\"action\":\"None\",\"mode\":\"" + mode + "\"}");
        }
        assertThat(
                        Http.send("POST", cloud.aws.control() + "/fault", "{\"mode\":\"odd\"}")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void capacity_and_quota_change_at_run_time() {
        post("capacity", "{\"zone\":\"us-west-2a\",\"type\":\"g4dn.xlarge\",\"count\":0}");
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r -> r.placement(p -> p.availabilityZone("us-west-2a")))))
                .isEqualTo("InsufficientInstanceCapacity");
        post("quota", "{\"family\":\"g4dn\",\"vcpus\":0}");
        assertThat(refusal(() -> cloud.run("t", r -> {}))).isEqualTo("VcpuLimitExceeded");
        var unknown =
                Http.send(
                        "POST",
                        cloud.aws.control() + "/capacity",
                        "{\"zone\":\"mars-1a\",\"count\":1}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("mars-1a");
    }

    @Test
    void a_killed_machine_is_gone_at_once_and_says_why() {
        var id = cloud.run("t", "#!/bin/sh\ntrap '' TERM\necho up\nwhile :; do sleep 1; done\n");
        Await.until("it is up", () -> cloud.console(id).contains("up"));

        post("kill", "{\"id\":\"" + id + "\"}");

        cloud.awaitState(id, InstanceStateName.TERMINATED);
        assertThat(cloud.describe(id).stateReason().code()).isEqualTo("Server.InternalError");
        assertThat(Http.send("GET", cloud.aws.control() + "/console?id=" + id, "").body())
                .contains("up");
        assertThat(
                        Http.send("POST", cloud.aws.control() + "/kill", "{\"id\":\"i-none\"}")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_truth_has_machines_launches_and_calls_by_token() {
        var id =
                cloud.run(
                        "mine",
                        r ->
                                r.tagSpecifications(s ->
                                        s.resourceType("instance")
                                                .tags(t -> t.key("owner").value("me"))));
        cloud.run(
                "mine",
                r ->
                        r.tagSpecifications(s ->
                                s.resourceType("instance").tags(t -> t.key("owner").value("me"))));
        cloud.run("other", r -> {});

        var all = tree(Http.send("GET", cloud.aws.control() + "/truth", ""));
        var mine = tree(Http.send("GET", cloud.aws.control() + "/truth?tag=owner%3Dme", ""));
        var none = tree(Http.send("GET", cloud.aws.control() + "/truth?tag=owner%3Dyou", ""));

        assertThat(all.path("live").size()).isEqualTo(2);
        assertThat(mine.path("live").size()).isEqualTo(1);
        assertThat(mine.path("live").path(0).path("id").asString()).isEqualTo(id);
        assertThat(mine.path("launches").path(0).path("token").asString()).isEqualTo("mine");
        assertThat(mine.path("calls").path("RunInstances").path("by_token").path("mine").asInt())
                .isEqualTo(2);
        assertThat(none.path("launches").size()).isZero();
    }

    @Test
    void mistakes_are_told() {
        assertThat(Http.send("POST", cloud.aws.control() + "/lag", "{\"seconds\":").body())
                .contains("line 1");
        assertThat(Http.send("POST", cloud.aws.control() + "/lag", "{}").body())
                .contains("seconds");
        assertThat(Http.send("POST", cloud.aws.control() + "/dance", "{}").statusCode())
                .isEqualTo(404);
    }

    private void post(String path, String body) {
        var answer = Http.send("POST", cloud.aws.control() + "/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode tree(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
