package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

final class MetadataIT {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";

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
    void a_machine_learns_about_itself_from_inside() {
        var script =
                """
                #!/bin/sh
                token=$(curl -sf -X PUT "$DEEPSEEK_METADATA_URL/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
                get() { curl -sf -H "X-aws-ec2-metadata-token: $token" "$DEEPSEEK_METADATA_URL/latest/$1"; echo; }
                get meta-data/instance-id
                get meta-data/local-ipv4
                get meta-data/placement/availability-zone
                get meta-data/
                get user-data | head -1
                echo done
                """;
        var id = cloud.run("t", script);
        Await.until("it has asked", () -> cloud.console(id).contains("done"));

        var machine = cloud.describe(id);
        assertThat(cloud.console(id).lines())
                .contains(id, machine.privateIpAddress(), machine.placement().availabilityZone())
                .contains("placement/", "instance-type", "#!/bin/sh");
    }

    @Test
    void without_a_good_token_nothing_is_told() {
        var id = running("t");
        var base = base(id);
        assertThat(get(base, "meta-data/instance-id", "none").statusCode()).isEqualTo(401);
        assertThat(Http.send("GET", base + "/latest/meta-data/instance-id", "").statusCode())
                .isEqualTo(401);
        assertThat(Http.send("PUT", base + "/latest/api/token", "").statusCode()).isEqualTo(400);
        assertThat(Http.send("PUT", base + "/latest/api/token", "", TTL, "99999").statusCode())
                .isEqualTo(400);

        var token = token(base);
        assertThat(get(base, "meta-data/instance-id", token).body()).isEqualTo(id);
        assertThat(get(base(running("u")), "meta-data/instance-id", token).statusCode())
                .isEqualTo(401);
        assertThat(
                        Http.send(
                                        "GET",
                                        base + "/latest/meta-data/instance-id",
                                        "",
                                        TOKEN,
                                        token,
                                        "X-Forwarded-For",
                                        "1.2.3.4")
                                .statusCode())
                .isEqualTo(403);
        cloud.clock.advance(Duration.ofMinutes(2));
        assertThat(get(base, "meta-data/instance-id", token).statusCode()).isEqualTo(401);
    }

    @Test
    void an_eviction_is_announced_before_it_happens() {
        var id = cloud.runSpot("t");
        cloud.awaitState(id, InstanceStateName.RUNNING);
        var token = token(base(id));
        assertThat(get(base(id), "meta-data/spot/instance-action", token).statusCode())
                .isEqualTo(404);

        var answer =
                Http.send(
                        "POST",
                        cloud.aws.control() + "/evict",
                        "{\"id\":\"" + id + "\",\"notice_s\":3}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(get(base(id), "meta-data/spot/instance-action", token).body())
                .isEqualTo("{\"action\":\"terminate\",\"time\":\"2026-01-01T00:00:03Z\"}");
        assertThat(get(base(id), "meta-data/events/recommendations/rebalance", token).statusCode())
                .isEqualTo(200);
        cloud.awaitState(id, InstanceStateName.TERMINATED);
        assertThat(cloud.describe(id).stateReason().code())
                .isEqualTo("Server.SpotInstanceTermination");
        assertThat(Http.send("PUT", base(id) + "/latest/api/token", "", TTL, "60").statusCode())
                .isEqualTo(404);
    }

    @Test
    void only_spot_machines_can_be_evicted() {
        var id = running("t");

        var answer = Http.send("POST", cloud.aws.control() + "/evict", "{\"id\":\"" + id + "\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(id);
    }

    private String running(String token) {
        var id = cloud.run(token, r -> {});
        cloud.awaitState(id, InstanceStateName.RUNNING);
        return id;
    }

    private String base(String id) {
        return cloud.aws.metadata().replace("{id}", id);
    }

    private static String token(String base) {
        return Http.send("PUT", base + "/latest/api/token", "", TTL, "60").body();
    }

    private static HttpResponse<String> get(String base, String path, String token) {
        return Http.send("GET", base + "/latest/" + path, "", TOKEN, token);
    }
}
