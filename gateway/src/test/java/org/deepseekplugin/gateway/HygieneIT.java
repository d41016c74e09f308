package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.deepseekplugin.gateway.upstream.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as no honest client writes them, and some that only look so.
@Timeout(30)
final class HygieneIT {
    private static final String QUESTION = "{\"model\": \"tiny\", \"messages\": []}";
    private static final String KEY = "Authorization: Bearer " + GatewayFixture.KEY + "\r\n";
    private static final String SMUGGLED =
            "POST /v1/completions HTTP/1.1\r\nHost: x\r\n" + KEY + "Content-Length: 0\r\n\r\n";

    private GatewayFixture gateway;
    private FakeEngine engine;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(GatewayOptions.DEFAULT, new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 0x5\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Length : 5\r\n",
            })
    void a_body_of_doubtful_length_is_refused_and_its_connection_closed(String framing)
            throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(post(framing) + "0\r\n\r\n" + SMUGGLED);
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(engine.asked).isEmpty();
    }

    @Test
    void two_keys_are_no_key() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(post(KEY + "Content-Length: " + QUESTION.length() + "\r\n") + QUESTION);
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void an_address_may_be_absolute() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION).replace("POST /", "POST http://gateway/"));
            assertThat(client.readUntil("]")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_head_that_is_too_long_is_431() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(post("X-Padding: " + "x".repeat(20_000) + "\r\n"));
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 431");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void requests_in_one_go_are_answered_one_after_the_other() throws Exception {
        var first = new CompletableFuture<HttpServerRequest>();
        engine.behave((request, asked) -> {
            if (engine.asked.size() == 1) {
                first.complete(request);
            } else {
                FakeEngine.json(request, 200, "{\"second\":true}");
            }
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.post(QUESTION) + RawClient.post(QUESTION));
            FakeEngine.json(first.get(), 200, "{\"first\":true}");

            assertThat(client.readUntil("{\"second\":true}")).contains("{\"first\":true}");
        }
        Await.until("nothing is left", () -> gateway.inFlight() == 0);
    }

    @Test
    void an_old_client_gets_its_stream_until_the_connection_ends() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().end(FakeEngine.event(1) + "data: [DONE]\n\n");
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(
                    RawClient.post(QUESTION)
                            .replace("HTTP/1.1", "HTTP/1.0")
                            .replace("Host", "Connection: keep-alive\r\nHost"));
            var answer = client.readUntil("[DONE]\n\n");
            assertThat(answer).doesNotContain("chunked").endsWith("data: [DONE]\n\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_trace_context_goes_through_only_if_it_is_one() throws Exception {
        var context = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (var client = new RawClient(gateway.port())) {
            var length = "Content-Length: " + QUESTION.length() + "\r\n";
            client.send(post("traceparent: " + context + "\r\n" + length) + QUESTION);
            client.readUntil("}}");
            client.send(post("traceparent: nonsense\r\n" + length) + QUESTION);
            client.readUntil("}}");
        }
        assertThat(engine.asked.get(0).headers().get("traceparent")).isEqualTo(context);
        assertThat(engine.asked.get(1).headers().contains("traceparent")).isFalse();
    }

    private static String post(String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\n" + KEY + headers + "\r\n";
    }
}
