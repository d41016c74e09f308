package org.deepseekplugin.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.RecordingLedger;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.EndpointSnapshot;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.security.ApiKey;

/// A gateway on a loopback port, serving one model `tiny` (alias `gpt-4-turbo`), with one key for
/// everything and one for nothing that is there.
final class GatewayFixture implements AutoCloseable {
    static final String KEY = "sk-test-all";
    static final String NARROW_KEY = "sk-test-narrow";
    private static final Principal ALL = new Principal("key-all", "default", Set.of());
    private static final Principal NARROW = new Principal("key-narrow", "default", Set.of("other"));

    final Vertx vertx = EventLoops.create(2);
    final RecordingLedger ledger = new RecordingLedger();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Gateway gateway;
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private volatile EndpointSnapshot snapshot = EndpointSnapshot.EMPTY;

    /// Whether asking for endpoints fails in a way that nobody foresaw.
    volatile boolean broken;

    GatewayFixture(GatewayOptions options, Transport transport) throws Exception {
        gateway =
                new Gateway(
                        vertx,
                        options,
                        transport,
                        this::endpoints,
                        hash ->
                                Optional.ofNullable(
                                        Map.of(
                                                        ApiKey.hash(KEY),
                                                        ALL,
                                                        ApiKey.hash(NARROW_KEY),
                                                        NARROW)
                                                .get(hash)),
                        ledger,
                        meters,
                        Clock.systemUTC(),
                        () -> ThreadLocalRandom.current().nextLong());
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(gateway::handle)
                        .listen()
                        .await(10, TimeUnit.SECONDS);
    }

    private EndpointSnapshot endpoints() {
        if (broken) {
            throw new IllegalStateException("broken by the test");
        }
        return snapshot;
    }

    void serve(Endpoint... ready) {
        snapshot =
                EndpointSnapshot.of(
                        List.of(new ServedModel("tiny", Instant.EPOCH, List.of(ready))),
                        Map.of("gpt-4-turbo", "tiny"));
    }

    /// Requests that ended with this status, as metrics tell.
    long counted(int status) {
        var timer = meters.find("deepseek.gateway.requests").tag("code", "" + status).timer();
        return timer == null ? 0 : timer.count();
    }

    int inFlight() {
        return (int) meters.get("deepseek.gateway.requests.in.flight").gauge().value();
    }

    int port() {
        return server.actualPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + KEY);
    }

    HttpResponse<String> chat(String body) throws Exception {
        return http.send(
                request("/v1/chat/completions").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        http.shutdownNow();
        server.close().await(10, TimeUnit.SECONDS);
        gateway.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
