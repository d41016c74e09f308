package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.deepseekplugin.gateway.ledger.Observed;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.gateway.upstream.UpstreamOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StreamIT {
    private static final String QUESTION = "{\"model\": \"tiny\", \"stream\": true}";

    private GatewayFixture gateway;
    private FakeEngine engine;

    @BeforeEach
    void start() throws Exception {
        start(RequestLimits.DEFAULT);
    }

    private void start(RequestLimits limits) throws Exception {
        var upstream =
                new UpstreamOptions(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        3000,
                        Duration.ofSeconds(30),
                        32 * 1024);
        gateway =
                new GatewayFixture(
                        GatewayOptions.DEFAULT.withUpstream(upstream).withLimits(limits),
                        new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        gateway.close();
    }

    @Test
    void the_first_event_arrives_before_the_second_is_made() throws Exception {
        var goOn = new CompletableFuture<HttpServerRequest>();
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1));
            goOn.complete(request);
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION));
            assertThat(client.readUntil("tok1 ")).contains("text/event-stream");
            goOn.get().response().end(FakeEngine.event(2));
            assertThat(client.readUntil("tok2 ")).contains("tok2");
        }
    }

    @Test
    void a_client_that_leaves_stops_the_engine_at_once() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1));
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION)).readUntil("tok1");
        }

        Await.until("the engine hears of it", () -> engine.aborted.get() == 1);
        Await.until("the ledger hears of it", () -> gateway.ledger.observed.size() == 1);
        assertThat(gateway.ledger.observed.getFirst().end()).isEqualTo(End.CLIENT_GONE);
        assertThat(gateway.ledger.observed.getFirst().tokens().completion()).isEqualTo(1);
        Await.until("nothing is left", () -> gateway.inFlight() == 0);
        assertThat(gateway.counted(499)).isEqualTo(1);
        assertThat(gateway.counted(200)).isZero();
    }

    @Test
    void a_client_that_leaves_before_the_answer_stops_the_engine_and_is_not_retried()
            throws Exception {
        engine.behave((request, asked) -> {});
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION));
            Await.until("the engine is asked", () -> engine.asked.size() == 1);
        }

        Await.until("the engine hears of it", () -> engine.aborted.get() == 1);
        Await.until("the ledger hears of it", () -> gateway.ledger.observed.size() == 1);
        assertThat(engine.asked).hasSize(1);
        assertThat(gateway.ledger.observed)
                .extracting(Observed::end)
                .containsExactly(End.CLIENT_GONE);
    }

    @Test
    void a_stream_that_breaks_ends_with_an_error_event_after_a_whole_one() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1) + FakeEngine.event(2).substring(0, 30));
            gateway.vertx.setTimer(50, now -> request.connection().close());
        });

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(
                        FakeEngine.event(1)
                                + "data: {\"error\":{\"message\":\"The answer of replica")
                .contains("\"code\":\"upstream_failed\"")
                .endsWith("}}\n\ndata: [DONE]\n\n");
        assertThat(gateway.ledger.observed.getFirst().end()).isEqualTo(End.BROKEN);
        Await.until("it is counted", () -> gateway.counted(502) == 1);
    }

    @Test
    void a_stream_that_falls_silent_ends_with_an_error_event() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1));
        });

        assertThat(gateway.chat(QUESTION).body()).contains("sent nothing for", "data: [DONE]");
        Await.until("the engine hears of it", () -> engine.aborted.get() == 1);
    }

    @Test
    void a_slow_reader_slows_its_own_engine_only() throws Exception {
        var written = new AtomicLong();
        engine.behave((request, asked) -> {
            if (asked.body().toString().contains("quick")) {
                FakeEngine.json(request, 200, FakeEngine.ANSWER);
            } else {
                pour(request, written);
            }
        });
        try (var slow = new RawClient(gateway.port())) {
            slow.send(RawClient.post(QUESTION)).readUntil("tok");
            var settled = new AtomicLong(-1);
            Await.until(
                    "the engine is held back",
                    () -> {
                        quick();
                        return settled.getAndSet(written.get()) == written.get();
                    });
            assertThat(written.get()).isLessThan(POURED * EVENT.length());

            slow.readUntil("[DONE]");
            assertThat(written.get()).isEqualTo(POURED * EVENT.length());
        }
    }

    @Test
    void a_client_that_stops_reading_is_let_go_in_the_end_and_its_engine_too() throws Exception {
        gateway.close();
        var limits = RequestLimits.DEFAULT;
        start(
                new RequestLimits(
                        limits.maxBodyBytes(),
                        limits.maxHeldBytes(),
                        limits.maxDepth(),
                        limits.bodyDeadline(),
                        Duration.ofMillis(300)));
        var written = new AtomicLong();
        engine.behave((request, asked) -> pour(request, written));
        try (var stuck = new RawClient(gateway.port())) {
            stuck.send(RawClient.post(QUESTION));

            Await.until("the engine hears of it", () -> engine.aborted.get() == 1);
            Await.until("the ledger hears of it", () -> gateway.ledger.observed.size() == 1);
            assertThat(gateway.ledger.observed.getFirst().end()).isEqualTo(End.CLIENT_GONE);
            assertThat(written.get()).isLessThan(POURED * EVENT.length());
            assertThat(stuck.isClosedByServer()).isTrue();
        }
    }

    @Test
    void the_ledger_hears_now_and_then_of_a_long_stream() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1).repeat(600));
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION)).readUntil("tok1");
            Await.until(
                    "the ledger hears of it",
                    () ->
                            gateway.ledger.passed.values().stream()
                                    .anyMatch(completion -> completion >= 256));
        }
    }

    private static final long POURED = 1000;
    private static final String EVENT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"tok" + "x".repeat(16_000) + "\"}}]}\n\n";

    /// 16 MB, more than all buffers on the way, as fast as they are taken.
    private static void pour(HttpServerRequest request, AtomicLong written) {
        FakeEngine.beginStream(request);
        var response = request.response();
        Runnable more =
                new Runnable() {
                    @Override
                    public void run() {
                        while (!response.writeQueueFull()
                                && written.get() < POURED * EVENT.length()) {
                            written.addAndGet(EVENT.length());
                            response.write(EVENT);
                        }
                        if (written.get() == POURED * EVENT.length()) {
                            response.drainHandler(null);
                            response.end("data: [DONE]\n\n");
                        }
                    }
                };
        response.drainHandler(drained -> more.run());
        more.run();
    }

    private void quick() {
        try {
            var answer = gateway.chat("{\"model\": \"tiny\", \"user\": \"quick\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void hundreds_of_streams_at_once_stay_apart() throws Exception {
        engine.behave((request, asked) -> {
            var name = asked.body().toString().replaceAll(".*\"user\": \"(u\\d+)\".*", "$1");
            FakeEngine.beginStream(request);
            var sent = new AtomicInteger();
            gateway.vertx.setPeriodic(
                    1,
                    timer -> {
                        request.response().write("data: " + name + "-" + sent.get() + "\n\n");
                        if (sent.incrementAndGet() == 20) {
                            gateway.vertx.cancelTimer(timer);
                            request.response().end();
                        }
                    });
        });
        var answers = new ArrayList<CompletableFuture<java.net.http.HttpResponse<String>>>();
        for (int i = 0; i < 300; i++) {
            answers.add(
                    gateway.http.sendAsync(
                            gateway.request("/v1/completions")
                                    .POST(
                                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                                    "{\"model\": \"tiny\", \"stream\": true, \"user\": \"u"
                                                            + i
                                                            + "\"}"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 300; i++) {
            var expected = new StringBuilder();
            for (int k = 0; k < 20; k++) {
                expected.append("data: u").append(i).append('-').append(k).append("\n\n");
            }
            assertThat(answers.get(i).get().body()).isEqualTo(expected.toString());
        }
    }

    @Test
    void draining_refuses_what_comes_and_finishes_what_is_there() throws Exception {
        var running = new CompletableFuture<HttpServerRequest>();
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1));
            running.complete(request);
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION)).readUntil("tok1");
            var drained = new AtomicBoolean();
            var draining =
                    gateway.gateway
                            .drain(Duration.ofSeconds(5))
                            .onSuccess(done -> drained.set(true));

            var refused = gateway.chat(QUESTION);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("shutting_down");
            assertThat(drained).isFalse();

            running.get().response().end(FakeEngine.event(2));
            assertThat(client.readUntil("tok2")).contains("tok2");
            draining.await();
        }
    }

    @Test
    void draining_aborts_at_its_deadline() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            gateway.vertx.setPeriodic(
                    50,
                    timer -> {
                        if (request.response().closed()) {
                            gateway.vertx.cancelTimer(timer);
                        } else {
                            request.response().write(FakeEngine.event(1));
                        }
                    });
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION)).readUntil("tok1");
            gateway.gateway.drain(Duration.ofMillis(200)).await();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
