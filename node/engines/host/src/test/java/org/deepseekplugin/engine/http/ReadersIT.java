package org.deepseekplugin.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that leave, read slowly, or are told to stop.
final class ReadersIT {
    private static final String STREAM = "{\"prompt\": \"hello\", \"stream\": true}";
    private static final String WHOLE = "{\"prompt\": \"hello\"}";

    @TempDir Path folder;
    private ServedFake served;

    @BeforeEach
    void serve() {
        served = new ServedFake(folder, 4);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void a_client_that_leaves_its_stream_cancels_it() throws Exception {
        try (var socket = ask(STREAM)) {
            served.engine.next().says("Hi");
            assertThat(lines(socket).readLine()).contains("200 OK");
        }

        ServedFake.await(() -> !served.usageRecords().isEmpty());
        assertThat(served.usageRecords()).singleElement().asString().contains("finish=cancelled");
    }

    @Test
    void a_client_that_leaves_before_its_whole_answer_cancels_it() throws Exception {
        try (var socket = ask(WHOLE)) {
            served.engine.next().says("Hi");
            assertThat(socket.isConnected()).isTrue();
        }

        ServedFake.await(served.engine::isIdle);
    }

    @Test
    void one_that_does_not_read_holds_up_nobody_and_loses_nothing() throws Exception {
        try (var lazy = ask(STREAM)) {
            var its = served.engine.next();
            var piece = "Z".repeat(1000);
            // far more than the buffers of both sides' sockets
            for (int i = 0; i < 20_000; i++) {
                its.says(piece);
            }
            var other = served.post("/v1/completions", WHOLE);
            served.engine.next().says("quick").ends(Finish.STOP);
            assertThat(other.get().body()).contains("quick");

            its.ends(Finish.STOP);
            assertThat(count(lines(lazy), 'Z')).isEqualTo(20_000_000);
        }
    }

    @Test
    void a_request_is_cancelled_by_its_id() throws Exception {
        var answer = served.post("/v1/completions", WHOLE, "x-request-id", "request-1");
        served.engine.next().says("Hi");

        var cancelled = served.post("/engine/cancel?id=request-1", "").get();
        var again = served.post("/engine/cancel?id=request-1", "").get();

        assertThat(cancelled.body()).contains("\"cancelled\":true");
        assertThat(again.body()).contains("\"cancelled\":false");
        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(ServedFake.error(answer.get())).containsEntry("code", "shutting_down");
        assertThat(served.usageRecords())
                .singleElement()
                .asString()
                .contains("completionTokens=1")
                .contains("finish=cancelled");
    }

    @Test
    void draining_lets_run_what_runs_and_refuses_the_rest() throws Exception {
        var running = served.post("/v1/completions", WHOLE);
        var its = served.engine.next().says("to the end");

        var drained = served.post("/engine/drain", "").get();
        var refused = served.post("/v1/completions", WHOLE).get();
        var health = served.get("/health");
        var stats = served.get("/engine/stats");
        its.ends(Finish.STOP);

        assertThat(drained.body()).contains("\"requests\":1").contains("\"draining\":true");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(ServedFake.error(refused)).containsEntry("code", "shutting_down");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(stats.body()).contains("\"draining\":true").contains("\"running\":1");
        assertThat(running.get().body()).contains("to the end");
    }

    private Socket ask(String body) throws IOException {
        var socket = served.connect();
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(
                        ("POST /v1/completions HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                                .getBytes(UTF_8));
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static long count(BufferedReader reader, char wanted) throws IOException {
        long count = 0;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            count += c == wanted ? 1 : 0;
        }
        return count;
    }
}
