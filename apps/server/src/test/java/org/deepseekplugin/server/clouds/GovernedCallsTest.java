package org.deepseekplugin.server.clouds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GovernedCallsTest {
    @TempDir Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallDeadlines deadlines = new CallDeadlines();
    private CallAudit audit;
    private GovernedCalls calls;

    @BeforeEach
    void open() {
        audit = new CallAudit(folder);
        var budget = new CallBudget(1000, 1000, System::nanoTime);
        calls = new GovernedCalls("aws", budget, deadlines, audit, registry, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        deadlines.close();
        audit.close();
    }

    @Test
    void a_call_is_answered_audited_and_measured() throws Exception {
        assertThat(calls.<String>around("RunInstances", "us-west-2", () -> "done"))
                .isEqualTo("done");
        var line = lines().getFirst();
        assertThat(line.get("action").asString()).isEqualTo("RunInstances");
        assertThat(line.get("region").asString()).isEqualTo("us-west-2");
        assertThat(line.get("failure").asString()).isEmpty();
        assertThat(measured("ok")).isEqualTo(1);
    }

    @Test
    void a_failure_goes_on_to_the_driver_and_into_the_audit() throws IOException {
        var failure = new IOException("connection reset");
        assertThatThrownBy(() ->
                        calls.around(
                                "RunInstances",
                                "us-west-2",
                                () -> {
                                    throw failure;
                                }))
                .isSameAs(failure);
        assertThat(lines().getFirst().get("failure").asString())
                .isEqualTo("IOException: connection reset");
        assertThat(measured("failed")).isEqualTo(1);
    }

    @Test
    void a_call_that_hangs_is_interrupted_and_its_thread_is_not() {
        assertThatThrownBy(() ->
                        deadlines.run(
                                Duration.ofMillis(10),
                                () -> {
                                    new CountDownLatch(1).await();
                                    return "never";
                                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(folder.resolve("cloud-calls.jsonl")).stream()
                .map(line -> Json.tree(line.getBytes(UTF_8)))
                .toList();
    }

    private long measured(String outcome) {
        return registry.get("deepseek.cloud.calls").tag("outcome", outcome).timer().count();
    }
}
