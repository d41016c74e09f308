package org.deepseekplugin.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes in, what goes out is a sentence in JSON, and the next request works.
final class RubbishIT {
    @TempDir Path folder;
    private ServedFake served;

    @BeforeEach
    void serve() {
        served = new ServedFake(folder, 4);
    }

    @AfterEach
    void stop() throws Exception {
        var answer = served.post("/v1/completions", "{\"prompt\": \"still there?\"}");
        served.engine.next().says("yes").ends(Finish.STOP);
        assertThat(answer.get().statusCode()).isEqualTo(200);
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "\u0016\u0003\u0001 a TLS hello\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n"
            })
    void what_is_no_http_is_told_so_or_cut_off(String request) throws Exception {
        var answer = served.raw(request);

        assertThat(answer).doesNotContain("Exception", "\tat ", "<");
        if (!answer.isEmpty() && !answer.contains("501 Not Implemented")) {
            assertThat(answer).containsPattern("^HTTP/1.[01] 4").contains("{\"error\"");
        }
    }

    @Test
    void random_bytes_do_no_harm() throws Exception {
        var random = new Random(1);
        for (int i = 0; i < 50; i++) {
            var bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            try (var socket = served.connect()) {
                socket.getOutputStream().write(bytes);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404",
        "POST, /v1/models, 405",
        "DELETE, /health, 405",
        "GET, /v1/chat/completions, 405",
        "PUT, /v1/completions, 405",
        "GET, /engine/drain, 405",
        "POST, /engine/stats, 405",
        "POST, /engine/cancel, 400",
        "POST, /engine/cancel?id=%zz, 400",
        "POST, /v1/completions, 400",
        "POST, /engine/tokenize, 400"
    })
    void a_wrong_request_is_told_what_is_wrong(String method, String path, int status)
            throws Exception {
        var answer =
                served.raw(
                        method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/json")
                .contains("\"message\":\"");
        if (status == 405) {
            assertThat(answer).contains("allow: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"prompt\": \"a\"} more",
                "{\"a\": 1, \"a\": 2}",
                "\u0000"
            })
    void what_is_no_json_object_is_told_so(String body) throws Exception {
        var answer = served.post("/v1/completions", body).get();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ServedFake.error(answer)).containsEntry("type", "invalid_request_error");
    }

    @Test
    void json_deeper_than_any_stack_is_refused() throws Exception {
        var answer = served.post("/v1/completions", "{\"prompt\":" + "[".repeat(4000)).get();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ServedFake.error(answer)).containsEntry("code", "invalid_json");
    }

    @Test
    void a_near_miss_of_a_path_is_helped() throws Exception {
        assertThat(ServedFake.error(served.post("/v1/chat/completion", "{}").get()).get("message"))
                .asString()
                .contains("Did you mean \"/v1/chat/completions\"?");
    }

    @Test
    void too_large_a_body_is_refused_before_it_has_come() throws Exception {
        var answer =
                served.raw(
                        "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
                                + "x".repeat(ServedFake.MAX_BODY + 1));

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("request_too_large")
                .contains("connection: close");
    }

    @Test
    void bodies_beyond_the_room_for_all_are_refused_until_there_is_room() throws Exception {
        var half =
                "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"
                        + "x".repeat(9_000);
        try (var first = served.connect();
                var second = served.connect();
                var third = served.connect();
                var fourth = served.connect()) {
            for (var socket : new java.net.Socket[] {first, second, third, fourth}) {
                socket.getOutputStream().write(half.getBytes());
            }
            // which of them is over the bound is a matter of arrival
            ServedFake.await(() -> {
                try {
                    return served.raw(half.replace("x", "y")).contains("overloaded");
                } catch (java.io.IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() throws Exception {
        var answer =
                served.raw(
                        "POST /v1/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"prompt\"");

        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("did not come within 1 s")
                .contains("connection: close");
    }

    @Test
    void heads_that_never_end_are_refused() throws Exception {
        var answer =
                served.raw(
                        "GET /health HTTP/1.1\r\nHost: a\r\nx: "
                                + "y".repeat(100_000)
                                + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("\"error\"");
    }

    @Test
    void head_and_expect_are_honoured() throws Exception {
        var head = served.send("HEAD", "/health");
        var expected =
                served.raw(
                        "POST /engine/tokenize HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
                                + "Content-Length: 15\r\n\r\n{\"text\": \"abc\"}");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(expected)
                .startsWith("HTTP/1.1 100")
                .contains("\"count\":3")
                .contains("\"tokens\":[97,98,99]");
    }

    @Test
    void a_body_in_chunks_and_without_a_type_is_read() throws Exception {
        var answer =
                served.raw(
                        "POST /engine/tokenize HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "8\r\n{\"text\":\r\n5\r\n\"ab\"}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"count\":2");
    }
}
