package org.deepseekplugin.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TlsIT {
    private static final List<String> HERE = List.of("127.0.0.1");
    private static final Duration HOUR = Duration.ofHours(1);

    private final CertificateAuthority ca = CertificateAuthority.create("ours", Clock.systemUTC());
    private final Vertx vertx = EventLoops.create(1);
    private volatile Instant now = Instant.now();
    private HttpServer server;

    @BeforeEach
    void listen() {
        var identity = ca.issue("server", HERE, HOUR);
        var options = Tls.serve(new HttpServerOptions(), identity, ClientAuth.REQUEST);
        server =
                vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                        .requestHandler(request ->
                                request.response()
                                        .end(Peer.name(request.connection(), now).orElse("nobody")))
                        .listen()
                        .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_peer_is_known_by_its_certificate_until_that_ends() {
        var node = dial(Tls.dial(new HttpClientOptions(), ca.issue("node-1", List.of(), HOUR)));
        var stranger = dial(Tls.dial(new HttpClientOptions(), ca.certificatePem()));

        assertThat(answer(node)).isEqualTo("node-1");
        assertThat(answer(stranger)).isEqualTo("nobody");
        now = Instant.now().plus(HOUR);
        assertThat(answer(node)).isEqualTo("nobody");
    }

    @Test
    void another_certificate_is_shown_to_new_connections_while_old_ones_go_on() {
        var early = dial(Tls.dial(new HttpClientOptions(), ca.issue("node-1", List.of(), HOUR)));
        assertThat(answer(early)).isEqualTo("node-1");
        var other = CertificateAuthority.create("other", Clock.systemUTC());

        server.updateSSLOptions(Tls.serve(other.issue("server", HERE, HOUR), ClientAuth.REQUEST))
                .await();

        assertThat(answer(early)).isEqualTo("node-1");
        var late = dial(Tls.dial(new HttpClientOptions(), ca.certificatePem()));
        assertThatThrownBy(() -> answer(late)).isInstanceOf(SSLHandshakeException.class);
        var informed = dial(Tls.dial(new HttpClientOptions(), other.certificatePem()));
        assertThat(answer(informed)).isEqualTo("nobody");
    }

    private HttpClient dial(HttpClientOptions options) {
        return vertx.createHttpClient(options);
    }

    private String answer(HttpClient client) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .await()
                .toString();
    }
}
