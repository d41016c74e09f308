package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server, gateway and agent with certificates that live for seconds: as short as a machine that is
/// busy with other tests can renew in time.
@Timeout(180)
final class CertificateRotationIT {
    private static final String SETTINGS =
            """
            certificate-lifetime: 12s
            agents: {heartbeat: 500ms, dead-after: 20s, certificate-lifetime: 12s}
            clouds: {sim: {enabled: true}}
            """;

    @TempDir Path folder;
    @AutoClose OneService line;

    @BeforeEach
    void start() throws Exception {
        line = OneService.start(folder, SETTINGS);
    }

    @Test
    void every_certificate_changes_under_load_and_no_request_is_dropped() throws Exception {
        var nodeCertificates = ConcurrentHashMap.<String>newKeySet();
        var serverCertificates = ConcurrentHashMap.<String>newKeySet();
        try (var load = new Load(line.client())) {
            load.run(4);
            Await.until(
                    "three certificates of each",
                    () -> {
                        nodeCertificates.add(nodeCertificate());
                        serverCertificates.add(
                                ShownCertificate.serial(line.server().running().tlsPort()));
                        return nodeCertificates.size() >= 3 && serverCertificates.size() >= 3;
                    });
            load.run(12); // needs connections that the first certificates could not open any more
            Await.until("streams begun with the last certificates end", load::allHaveEndedTwice);

            assertThat(load.failures()).isEmpty();
            assertThat(load.streams()).isGreaterThan(20);
        }
        assertThat(line.client().events()).doesNotContain("node.rejoined", "node.dead");
        assertThat(AgentCloud.launches()).hasSize(1);
    }

    @Test
    void a_node_whose_certificate_ends_while_the_server_is_down_comes_back() throws Exception {
        int port = line.server().running().agentPort();
        var ends = Clock.systemUTC().instant().plusSeconds(13);
        line.server().close();
        Await.until("the certificate's end", () -> Clock.systemUTC().instant().isAfter(ends));

        line.startServer(port);

        Await.until("the service answers", () -> line.client().chat(false).statusCode() == 200);
        assertThat(line.client().events()).contains("node.rejoined").doesNotContain("node.dead");
        assertThat(AgentCloud.launches()).hasSize(1);
    }

    private String nodeCertificate() {
        try (var files = Files.walk(folder.resolve("machines"))) {
            var identity = files.filter(f -> f.endsWith("identity/identity.json")).findFirst();
            var json = Files.readAllBytes(identity.orElseThrow());
            return Json.tree(json).path("certificate_pem").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
