package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.deepseekplugin.gateway.ledger.Observed;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The TLS port speaks HTTP/2: all of a client's requests over one connection.
@Timeout(30)
final class Http2IT {
    private static final CertificateAuthority CA =
            CertificateAuthority.create("test", Clock.systemUTC());

    private GatewayFixture gateway;
    private FakeEngine engine;
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(GatewayOptions.DEFAULT, new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
        var identity = CA.issue("localhost", List.of("localhost"), Duration.ofHours(1));
        server =
                gateway.vertx
                        .createHttpServer(
                                Tls.serve(
                                        new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                                        identity,
                                        ClientAuth.NONE))
                        .requestHandler(gateway.gateway::handle)
                        .listen()
                        .await(10, TimeUnit.SECONDS);
        client =
                gateway.vertx.createHttpClient(
                        Tls.dial(new HttpClientOptions(), CA.certificatePem())
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ConnectionWindowSize(1024 * 1024)
                                .setUseAlpn(true),
                        new PoolOptions().setHttp2MaxSize(1));
    }

    @AfterEach
    void stop() throws Exception {
        client.close().await(10, TimeUnit.SECONDS);
        server.close().await(10, TimeUnit.SECONDS);
        engine.close();
        gateway.close();
    }

    @Test
    void answers_over_http2() throws Exception {
        var answer =
                await(
                        ask(
                                "{\"model\": \"tiny\"}",
                                request ->
                                        request.response()
                                                .compose(head -> head.body().map(body -> head))));

        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(await(body("{\"model\": \"tiny\"}"))).isEqualTo(FakeEngine.ANSWER);
        Await.until("both are counted as answered", () -> gateway.counted(200) == 2);
        assertThat(engine.aborted).hasValue(0);
    }

    @Test
    void streams_share_a_connection_and_stay_apart() throws Exception {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            var name = asked.body().toString().replaceAll(".*\"user\": \"(u\\d+)\".*", "$1");
            for (int i = 0; i < 20; i++) {
                request.response().write("data: " + name + "-" + i + "\n\n");
            }
            request.response().end();
        });
        var bodies = new ArrayList<Future<String>>();
        for (int i = 0; i < 60; i++) {
            bodies.add(body("{\"model\": \"tiny\", \"stream\": true, \"user\": \"u" + i + "\"}"));
        }
        for (int i = 0; i < 60; i++) {
            assertThat(await(bodies.get(i)))
                    .startsWith("data: u" + i + "-0\n\n")
                    .endsWith("data: u" + i + "-19\n\n")
                    .hasSize(20 * ("data: u" + i + "-0\n\n").length() + 10);
        }
    }

    @Test
    void one_that_is_given_up_stops_its_engine_and_no_other() throws Exception {
        engine.behave((request, asked) -> {
            if (asked.body().toString().contains("stream")) {
                FakeEngine.beginStream(request);
                request.response().write(FakeEngine.event(1));
            } else {
                FakeEngine.json(request, 200, FakeEngine.ANSWER);
            }
        });
        var given =
                await(
                        ask(
                                "{\"model\": \"tiny\", \"stream\": true}",
                                request ->
                                        request.response()
                                                .map(HttpClientResponse::pause)
                                                .map(head -> request)));
        given.reset(8);

        Await.until("the engine hears of it", () -> engine.aborted.get() == 1);
        Await.until("the ledger hears of it", () -> gateway.ledger.observed.size() == 1);
        assertThat(gateway.ledger.observed)
                .extracting(Observed::end)
                .containsExactly(End.CLIENT_GONE);
        assertThat(await(body("{\"model\": \"tiny\"}"))).isEqualTo(FakeEngine.ANSWER);
    }

    @Test
    void a_reader_that_stands_still_holds_up_no_other_stream_of_its_connection() throws Exception {
        engine.behave((request, asked) -> {
            if (asked.body().toString().contains("stream")) {
                FakeEngine.beginStream(request);
                for (int i = 0; i < 5000; i++) {
                    request.response().write(FakeEngine.event(i));
                }
                request.response().end();
            } else {
                FakeEngine.json(request, 200, FakeEngine.ANSWER);
            }
        });
        var slow =
                await(
                        ask(
                                "{\"model\": \"tiny\", \"stream\": true}",
                                request -> request.response().map(HttpClientResponse::pause)));
        for (int i = 0; i < 10; i++) {
            assertThat(await(body("{\"model\": \"tiny\"}"))).isEqualTo(FakeEngine.ANSWER);
        }
        var rest = slow.body();
        slow.resume();
        assertThat(await(rest).toString()).endsWith(FakeEngine.event(4999));
    }

    private Future<String> body(String question) {
        return ask(question, request -> request.response().compose(HttpClientResponse::body))
                .map(Object::toString);
    }

    /// What is wanted of the answer is said before the request is sent: on a connection that is
    /// open already the answer may else be over before anybody listens.
    private <T> Future<T> ask(String question, Function<HttpClientRequest, Future<T>> wanted) {
        return client.request(
                        new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setHost("localhost")
                                .setPort(server.actualPort())
                                .setURI("/v1/chat/completions")
                                .putHeader("authorization", "Bearer " + GatewayFixture.KEY))
                .compose(request -> {
                    var answer = wanted.apply(request);
                    request.end(question);
                    return answer;
                });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }
}
