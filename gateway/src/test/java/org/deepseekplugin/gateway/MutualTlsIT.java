package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.PemIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nodes are dialled by address, known by name, and both sides show certificates.
@Timeout(30)
final class MutualTlsIT {
    private static final String QUESTION = "{\"model\": \"tiny\"}";
    private static final Duration HOUR = Duration.ofHours(1);

    private final CertificateAuthority ca = CertificateAuthority.create("ours", Clock.systemUTC());
    private GatewayFixture gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = gateway(ca.issue("gateway", List.of(), HOUR));
    }

    private static GatewayFixture gateway(PemIdentity identity) throws Exception {
        return new GatewayFixture(GatewayOptions.DEFAULT, new Transport.MutualTls(identity));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void reaches_a_node_whose_certificate_bears_its_name() throws Exception {
        try (var engine = engine("node-1")) {
            serve(engine, "node-1");
            assertThat(gateway.chat(QUESTION).body()).isEqualTo(FakeEngine.ANSWER);
        }
    }

    @Test
    void does_not_talk_to_a_node_of_another_name() throws Exception {
        try (var engine = engine("node-2")) {
            serve(engine, "node-1");
            assertThat(gateway.chat(QUESTION).statusCode()).isEqualTo(502);
            assertThat(engine.asked).isEmpty();
        }
    }

    @Test
    void does_not_talk_to_a_node_of_another_authority() throws Exception {
        var other = CertificateAuthority.create("theirs", Clock.systemUTC());
        try (var engine =
                new FakeEngine(gateway.vertx, "r1", other.issue("node-1", List.of(), HOUR))) {
            serve(engine, "node-1");
            assertThat(gateway.chat(QUESTION).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void a_renewed_certificate_is_used_for_new_connections_without_a_failed_request()
            throws Exception {
        gateway.close();
        gateway = gateway(ca.issue("gateway", List.of(), Duration.ofSeconds(1)));
        try (var engine = engine("node-1")) {
            serve(engine, "node-1");
            gateway.gateway.renew(ca.issue("gateway", List.of(), HOUR)).await();
            engine.behave((request, asked) -> {
                FakeEngine.json(request, 200, FakeEngine.ANSWER);
                request.connection().close();
            });
            long renewed = System.nanoTime();
            Await.until(
                    "the first certificate has expired",
                    () -> System.nanoTime() - renewed > 1_500_000_000L);
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.chat(QUESTION).statusCode()).isEqualTo(200);
            }
        }
    }

    private FakeEngine engine(String name) throws Exception {
        return new FakeEngine(gateway.vertx, "r1", ca.issue(name, List.of(), HOUR));
    }

    private void serve(FakeEngine engine, String name) {
        gateway.serve(
                Endpoint.replica("r1", "tiny", new Reach.Direct("127.0.0.1", engine.port(), name)));
    }
}
