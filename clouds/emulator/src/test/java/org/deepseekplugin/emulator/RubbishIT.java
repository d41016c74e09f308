package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.AwsFixture.refusal;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Whatever arrives on the wire, it is refused in AWS' words or the connection ends, nothing of the
/// inside is shown, and the next honest call is answered.
final class RubbishIT {
    private static final String AUTHORIZATION =
            "Authorization: AWS4-HMAC-SHA256 Credential=%s/20260101/us-west-2/%s/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=%s";

    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(folder);
    }

    @AfterEach
    void stop() {
        assertThat(cloud.ec2.describeRegions().regions()).isNotEmpty();
        assertThat(cloud.launches()).isZero();
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "POST / HTTP/9.9\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void what_is_no_http_is_refused_or_hung_up_on(String bytes) {
        for (var url : List.of(cloud.aws.endpoint(), cloud.aws.control())) {
            assertThat(Raw.sendAndEnd(url, bytes))
                    .satisfiesAnyOf(
                            answer -> assertThat(answer).isEmpty(),
                            answer -> assertThat(answer).containsPattern("^HTTP/[0-9.]+ [45]"));
        }
    }

    @Test
    void half_a_request_is_not_acted_upon() {
        var whole = Raw.post(cloud.aws.endpoint(), "Action=DescribeRegions&Version=2016-11-15");

        for (int length : new int[] {1, 10, 60, whole.length() - 1}) {
            assertThat(Raw.sendAndEnd(cloud.aws.endpoint(), whole.substring(0, length)))
                    .doesNotContain(" 200 ");
        }
        assertThat(cloud.calls("DescribeRegions")).isEmpty();
    }

    @Test
    void a_body_of_any_length_is_cut_off_at_a_mebibyte() throws IOException {
        var uri = URI.create(cloud.aws.endpoint());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(15_000);
            var out = socket.getOutputStream();
            out.write(
                    "POST / HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: 4000000000\r\n\r\n"
                            .formatted(uri.getHost(), uri.getPort())
                            .getBytes());
            long sent = 0;
            try {
                var chunk = new byte[1 << 16];
                while (sent < 64 << 20) {
                    out.write(chunk);
                    sent += chunk.length;
                }
            } catch (IOException hungUp) {
                // what is tested
            }
            assertThat(sent).as("bytes that were taken").isLessThan(32 << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=%zz",
                "%",
                "Action=DescribeRegions&Filter.1.Name=%G0",
                "=&=&=",
                "&&&&",
                ""
            })
    void a_form_that_is_none_is_refused_as_aws_does(String form) {
        var answer =
                Raw.send(
                        cloud.aws.endpoint(),
                        Raw.post(cloud.aws.endpoint(), form, "Connection: close"));

        assertThat(answer)
                .containsPattern("HTTP/1.1 40[0-9]")
                .contains("<Code>")
                .contains("<RequestID>");
        assertThat(answer).doesNotContain("Exception", "at org.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"Name\":null}",
                "{\"Name\":{\"Name\":[1,2]}}",
                "{\"Name\":\"\\ud800\"}"
            })
    void json_that_is_none_is_refused_in_json(String body) {
        var authorization = AUTHORIZATION.formatted(cloud.aws.accessKeyId(), "ssm", "0".repeat(64));
        var answer =
                Raw.send(
                        cloud.aws.endpoint(),
                        Raw.post(
                                cloud.aws.endpoint(),
                                body,
                                authorization,
                                "X-Amz-Target: AmazonSSM.GetParameter",
                                "Connection: close"));

        assertThat(answer).contains("HTTP/1.1 4").contains("\"__type\"").doesNotContain("at org.");
    }

    @Test
    void deep_json_overflows_no_stack() {
        var authorization = AUTHORIZATION.formatted(cloud.aws.accessKeyId(), "ssm", "0".repeat(64));
        var answer =
                Raw.send(
                        cloud.aws.endpoint(),
                        Raw.post(
                                cloud.aws.endpoint(),
                                "{\"a\":".repeat(100_000),
                                authorization,
                                "Connection: close"));

        assertThat(answer).contains("SerializationException");
    }

    @Test
    void random_bytes_in_a_form_break_nothing() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var form = new StringBuilder("Action=RunInstances&Version=2016-11-15");
            for (int j = random.nextInt(300); j > 0; j--) {
                form.append((char) random.nextInt(256));
            }
            var authorization =
                    AUTHORIZATION.formatted(cloud.aws.accessKeyId(), "ec2", "0".repeat(64));
            assertThat(
                            Raw.send(
                                    cloud.aws.endpoint(),
                                    Raw.post(
                                            cloud.aws.endpoint(),
                                            form.toString(),
                                            authorization,
                                            "Connection: close")))
                    .as("seed 7, round %d", i)
                    .containsPattern("HTTP/1.1 4..")
                    .contains("<Code>");
        }
    }

    @Test
    void parameters_beyond_reason_are_refused_by_name() {
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.minCount(Integer.MAX_VALUE)
                                                        .maxCount(Integer.MAX_VALUE))))
                .isIn("VcpuLimitExceeded", "InsufficientInstanceCapacity");
        assertThat(refusal(() -> cloud.run("t", r -> r.minCount(-5).maxCount(-1))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.ec2.describeInstances(r -> r.maxResults(4))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.ec2.describeInstances(r -> r.nextToken("../../etc/passwd"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(refusal(() -> cloud.run("t", r -> r.clientToken("new\nline"))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void tags_beyond_what_ec2_takes_are_refused() {
        assertThat(tagged("k".repeat(129), "v")).isEqualTo("InvalidParameterValue");
        assertThat(tagged("k", "v".repeat(257))).isEqualTo("InvalidParameterValue");
        assertThat(tagged("AWS:k", "v")).isEqualTo("InvalidParameterValue");
        assertThat(tagged("k", "bell\u0007")).isEqualTo("InvalidParameterValue");
        var many = new ArrayList<Tag>();
        for (int i = 0; i < 51; i++) {
            many.add(Tag.builder().key("k" + i).value("v").build());
        }
        assertThat(
                        refusal(() ->
                                cloud.run(
                                        "t",
                                        r ->
                                                r.tagSpecifications(s ->
                                                        s.resourceType("instance").tags(many)))))
                .isEqualTo("TagLimitExceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../identity.json",
                "..%2f..%2fidentity.json",
                "%2e%2e/%2e%2e/endpoints.json",
                "/etc/passwd",
                "i-0000000000000000z",
                "",
                "%00"
            })
    void an_instance_id_is_no_path(String id) throws IOException {
        var secret = Files.readString(folder.resolve("identity.json"));
        var metadata = cloud.aws.metadata().replace("{id}", id);
        var uri = URI.create(cloud.aws.control());
        for (var path :
                List.of(
                        uri.getPath() + "/console?id=" + id,
                        URI.create(cloud.aws.metadata().replace("{id}", "x"))
                                        .getPath()
                                        .replace("x", id)
                                + "/latest/user-data")) {
            var answer =
                    Raw.send(
                            cloud.aws.control(),
                            "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                                    .formatted(path, uri.getHost(), uri.getPort()));
            assertThat(answer).as(metadata).startsWith("HTTP/1.1 40").doesNotContain(secret);
        }
        assertThat(refusal(() -> cloud.describe("i-../../identity")))
                .isEqualTo("InvalidInstanceID.Malformed");
        assertThat(
                        refusal(() ->
                                cloud.ec2.terminateInstances(
                                        r -> r.instanceIds("i-../../identity"))))
                .isEqualTo("InvalidInstanceID.Malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"RunInstances\",\"mode\":\"duplicate\",\"n\":1000000000}",
                "{\"action\":\"RunInstances\",\"mode\":\"truncate_after\",\"n\":-1}",
                "{\"action\":\"RunInstances\",\"times\":0}",
                "{\"action\":[]}",
                "[1]",
                "null",
                ""
            })
    void a_fault_that_makes_no_sense_is_refused(String body) {
        assertThat(Http.send("POST", cloud.aws.control() + "/fault", body).statusCode())
                .isEqualTo(400);
        assertThat(cloud.emulator.control().faults()).isEmpty();
    }

    @Test
    void numbers_beyond_reason_are_refused_by_control() {
        for (var order :
                List.of(
                        "lag {\"seconds\":1e300}",
                        "lag {\"seconds\":-1}",
                        "lag {\"seconds\":\"NaN\"}",
                        "capacity {\"count\":-1}",
                        "quota {\"vcpus\":-1}",
                        "quota {\"vcpus\":1e30}")) {
            var words = order.split(" ", 2);
            assertThat(
                            Http.send("POST", cloud.aws.control() + "/" + words[0], words[1])
                                    .statusCode())
                    .as(order)
                    .isEqualTo(400);
        }
        assertThat(Http.send("GET", cloud.aws.control() + "/truth?tag=%25zz", "").statusCode())
                .isEqualTo(200);
    }

    private String tagged(String key, String value) {
        return refusal(() ->
                cloud.run(
                        "t",
                        r ->
                                r.tagSpecifications(s ->
                                        s.resourceType("instance")
                                                .tags(t -> t.key(key).value(value)))));
    }
}
