package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.deepseekplugin.gateway.ledger.Attempt;
import org.deepseekplugin.gateway.ledger.Observed;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.gateway.upstream.UpstreamOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// While the client has seen nothing, a failure is not its business.
@Timeout(30)
final class RetryIT {
    private static final String QUESTION = "{\"model\": \"tiny\", \"messages\": []}";
    private static final int REQUESTS = 8;

    private GatewayFixture gateway;
    private FakeEngine good;
    private FakeEngine bad;

    @BeforeEach
    void start() throws Exception {
        var upstream =
                new UpstreamOptions(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        100,
                        Duration.ofSeconds(30),
                        32 * 1024);
        gateway =
                new GatewayFixture(
                        GatewayOptions.DEFAULT.withUpstream(upstream), new Transport.Plaintext());
        good = new FakeEngine(gateway.vertx, "good", null);
        bad = new FakeEngine(gateway.vertx, "bad", null);
        gateway.serve(good.endpoint(), bad.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        bad.close();
        good.close();
        gateway.close();
    }

    @Test
    void a_refused_connection_goes_elsewhere() throws Exception {
        bad.close();
        assertAllAnswered();
    }

    @Test
    void a_connection_that_breaks_before_the_answer_goes_elsewhere() throws Exception {
        bad.behave((request, asked) -> request.connection().close());
        assertAllAnswered();
        assertThat(bad.asked).isNotEmpty();
    }

    @Test
    void an_answer_that_breaks_half_way_goes_elsewhere_while_the_client_has_none_of_it()
            throws Exception {
        bad.behave((request, asked) -> {
            request.response().putHeader("content-length", "1000");
            request.response().write("{\"half\":").onComplete(sent -> request.connection().close());
        });
        assertAllAnswered();
        assertThat(bad.asked).isNotEmpty();
    }

    @Test
    void a_node_that_cannot_reach_its_engine_or_drains_is_passed_over() throws Exception {
        bad.behave((request, asked) ->
                FakeEngine.json(request, bad.asked.size() % 2 == 0 ? 502 : 503, "{}"));
        assertAllAnswered();
        assertThat(bad.asked).isNotEmpty();
    }

    @Test
    void a_retry_sends_the_same_bytes_under_the_same_request() throws Exception {
        bad.behave((request, asked) -> request.connection().close());
        assertAllAnswered();

        assertThat(good.asked).allMatch(asked -> asked.body().toString().equals(QUESTION));
        var retried = gateway.ledger.attempts.stream().filter(one -> one.number() == 2).findFirst();
        assertThat(retried).isPresent();
        assertThat(gateway.ledger.attempts.stream().map(Attempt::id).distinct())
                .hasSameSizeAs(gateway.ledger.attempts);
        assertThat(retried.get().id()).startsWith(retried.get().request() + "-");
        assertThat(gateway.ledger.observed).hasSameSizeAs(gateway.ledger.attempts);
    }

    @Test
    void a_failing_endpoint_is_left_alone_for_a_while() throws Exception {
        bad.behave((request, asked) -> FakeEngine.json(request, 503, "{}"));
        assertAllAnswered();

        assertThat(bad.asked).hasSizeBetween(1, 2);
    }

    @Test
    void an_endpoint_that_breaks_inside_its_streams_is_left_alone_for_a_while() throws Exception {
        bad.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response()
                    .write(FakeEngine.event(1))
                    .onComplete(sent -> request.connection().close());
        });
        for (int i = 0; i < 20; i++) {
            gateway.chat(QUESTION);
        }

        assertThat(bad.asked).hasSizeBetween(1, 2);
    }

    @Test
    void a_redirection_is_nothing_for_clients() throws Exception {
        bad.behave((request, asked) -> {
            request.response().putHeader("location", "http://10.0.0.7/secret");
            FakeEngine.json(request, 302, "{}");
        });
        gateway.serve(bad.endpoint());

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("location")).isEmpty();
    }

    @Test
    void the_only_endpoint_is_asked_again() throws Exception {
        bad.behave((request, asked) -> {
            if (bad.asked.size() == 1) {
                request.connection().close();
            } else {
                FakeEngine.json(request, 200, FakeEngine.ANSWER);
            }
        });
        gateway.serve(bad.endpoint());

        assertThat(gateway.chat(QUESTION).statusCode()).isEqualTo(200);
        assertThat(bad.asked).hasSize(2);
    }

    @Test
    void attempts_have_a_bound_and_the_last_answer_counts() throws Exception {
        bad.behave((request, asked) ->
                FakeEngine.json(request, 503, "{\"error\":{\"code\":\"overloaded\"}}"));
        gateway.serve(bad.endpoint());

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("overloaded");
        assertThat(bad.asked).hasSize(3);
    }

    @Test
    void nobody_to_reach_is_502() throws Exception {
        bad.close();
        gateway.serve(
                Endpoint.replica("r9", "tiny", new Reach.Direct("127.0.0.1", bad.port(), "r9")));

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"upstream_failed\"", "r9");
    }

    @Test
    void silence_is_504_and_not_retried_since_the_engine_may_be_at_it() throws Exception {
        bad.behave((request, asked) -> {});
        gateway.serve(bad.endpoint());

        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"upstream_timeout\"");
        assertThat(bad.asked).hasSize(1);
        Await.until("the engine hears of it", () -> bad.aborted.get() == 1);
        assertThat(gateway.ledger.observed)
                .extracting(Observed::end)
                .containsExactly(Observed.End.BROKEN);
    }

    private void assertAllAnswered() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            var answer = gateway.chat(QUESTION);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(FakeEngine.ANSWER);
        }
        assertThat(List.copyOf(good.asked)).hasSize(REQUESTS);
    }
}
