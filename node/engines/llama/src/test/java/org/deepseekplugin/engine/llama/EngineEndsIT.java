package org.deepseekplugin.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process with the real model: told to end, killed, drained, and asked for more than it has.
final class EngineEndsIT {
    private static final String LONG =
            "{\"prompt\": \"A, B, C, D, E, F,\", \"temperature\": 0, \"max_tokens\": 400, \"stream\": true, \"logit_bias\": {\"0\": -100, \"2\": -100}}";
    private static final String SHORT =
            "{\"prompt\": \"2, 4, 6, 8, 10,\", \"temperature\": 0, \"max_tokens\": 4}";

    @TempDir Path folder;
    private EngineUnderTest engine;

    @BeforeEach
    void start() throws Exception {
        engine = new EngineUnderTest(folder, "--slots", "2", "--queue", "1", "--threads", "1");
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void told_to_end_it_records_what_ran() throws Exception {
        var lines = engine.stream("/v1/completions", LONG).get().body().iterator();
        assertThat(lines.next()).contains("data: ");

        // the signal alone: a process's own destroy() closes its input, too, which ends it with 0
        engine.process.toHandle().destroy();

        assertThat(engine.exitCode()).isEqualTo(143);
        assertThat(engine.records())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record).containsEntry("finish", "cancelled");
                    assertThat((int) record.get("completionTokens")).isPositive();
                });
    }

    @Test
    void it_ends_when_its_parent_does() throws Exception {
        var lines = engine.stream("/v1/completions", LONG).get().body().iterator();
        assertThat(lines.next()).contains("data: ");

        engine.process.getOutputStream().close();

        assertThat(engine.exitCode()).isZero();
        assertThat(engine.records()).hasSize(1);
    }

    @Test
    void killed_it_leaves_whole_records_and_starts_again() throws Exception {
        engine.post("/v1/completions", SHORT).get();
        var lines = engine.stream("/v1/completions", LONG).get().body().iterator();
        assertThat(lines.next()).contains("data: ");

        engine.process.destroyForcibly();
        assertThat(engine.exitCode()).isEqualTo(137);
        assertThat(engine.records()).hasSize(1);

        try (var again = new EngineUnderTest(folder, "--slots", "2")) {
            assertThat(again.post("/v1/completions", SHORT).get().body()).contains("\" 12,\"");
            assertThat(again.records()).hasSize(2);
        }
    }

    @Test
    void more_than_slots_and_queue_hold_is_refused_at_once() throws Exception {
        var running =
                IntStream.range(0, 3)
                        .mapToObj(i -> engine.stream("/v1/completions", LONG))
                        .toList();
        EngineUnderTest.await(this::isFull);

        var refused = engine.post("/v1/completions", SHORT).get();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(refused.body()).contains("2 requests are running and 1 are waiting");
        running.forEach(each -> each.cancel(true));
    }

    @Test
    void drained_it_finishes_what_runs() throws Exception {
        var running = engine.stream("/v1/completions", LONG).get().body();

        engine.post("/engine/drain", "").get();

        assertThat(engine.post("/v1/completions", SHORT).get().statusCode()).isEqualTo(503);
        assertThat(running.toList()).contains("data: [DONE]");
        assertThat(engine.stats()).containsEntry("draining", true).containsEntry("running", 0);
    }

    @Test
    void cancelled_by_its_id_a_request_frees_its_slot() throws Exception {
        var answer =
                engine.post(
                        "/v1/completions",
                        LONG.replace("\"stream\": true, ", ""),
                        "x-request-id",
                        "request-1");
        EngineUnderTest.await(() -> generated() > 2);

        assertThat(engine.post("/engine/cancel?id=request-1", "").get().body()).contains("true");

        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(engine.records()).singleElement().asString().contains("finish=cancelled");
        assertThat(engine.stats()).containsEntry("running", 0);
    }

    @Test
    void a_client_that_hangs_up_frees_its_slot() throws Exception {
        var answer = engine.stream("/v1/completions", LONG).get();
        answer.body().close();

        EngineUnderTest.await(() -> !records().isEmpty());
        assertThat(engine.records()).singleElement().asString().contains("finish=cancelled");
    }

    @Test
    void it_takes_memory_for_what_it_holds_only() throws Exception {
        try (var large =
                new EngineUnderTest(
                        Files.createDirectory(folder.resolve("large")),
                        "--context-tokens",
                        "8192")) {
            EngineUnderTest.await(() -> log(large).contains("given back"));
            CompletableFuture.allOf(
                            IntStream.range(0, 4)
                                    .mapToObj(i -> large.post("/v1/completions", SHORT))
                                    .toArray(CompletableFuture[]::new))
                    .get();
            var status = Files.readString(Path.of("/proc/" + large.process.pid() + "/status"));
            var resident =
                    status.lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .findFirst()
                            .orElseThrow();

            // four slots of 8,192 tokens are 720 MB of cache
            assertThat(Long.parseLong(resident.replaceAll("\\D", "")) / 1024).isLessThan(450);
        }
    }

    private List<Map<String, Object>> records() {
        try {
            return engine.records();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isFull() {
        return number("running") == 2 && number("waiting") == 1;
    }

    private int generated() {
        return number("generatedTokens");
    }

    private int number(String name) {
        try {
            return (int) engine.stats().get(name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String log(EngineUnderTest engine) {
        try {
            return Files.readString(engine.usage.resolveSibling("log"));
        } catch (IOException e) {
            return "";
        }
    }
}
