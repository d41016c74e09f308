package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server, gateway and agent with certificates that live for seconds.
@Timeout(120)
final class CertificateRotationIT {
    private static final String SETTINGS =
            """
            certificate-lifetime: 4s
            agents: {heartbeat: 500ms, dead-after: 10s, certificate-lifetime: 4s}
            clouds: {sim: {enabled: true}}
            """;

    @TempDir Path folder;
    private Server server;
    private ApiClient client;

    @BeforeEach
    void start() throws Exception {
        provideWeights();
        AgentCloud.reset();
        Files.writeString(folder.resolve("test.yaml"), SETTINGS);
        startServer(0);
        client.post(
                "/api/v1/services",
                """
                {"name": "chat", "model": "SmolLM2-135M-Instruct", "replicas": {"min": 1, "max": 1},
                 "where": [{"cloud": "sim", "instance_type": "cpu.small"}]}
                """);
        Await.until("a machine is rented", () -> !AgentCloud.launches().isEmpty());
        AgentCloud.boot(folder.resolve("machines"));
        Await.until("the service answers", () -> client.chat(false).statusCode() == 200);
    }

    @AfterEach
    void stop() {
        AgentCloud.reset();
        server.close();
    }

    @Test
    void every_certificate_changes_under_load_and_no_request_is_dropped() throws Exception {
        var nodeCertificates = ConcurrentHashMap.<String>newKeySet();
        var serverCertificates = ConcurrentHashMap.<String>newKeySet();
        try (var load = new Load(client)) {
            load.run(4);
            Await.until(
                    "three certificates of each",
                    () -> {
                        nodeCertificates.add(nodeCertificate());
                        serverCertificates.add(ShownCertificate.serial(server.running().tlsPort()));
                        return nodeCertificates.size() >= 3 && serverCertificates.size() >= 3;
                    });
            load.run(12); // needs connections that the first certificates could not open any more
            Await.until("streams begun with the last certificates end", load::allHaveEndedTwice);

            assertThat(load.failures()).isEmpty();
            assertThat(load.streams()).isGreaterThan(20);
        }
        assertThat(client.events()).doesNotContain("node.rejoined", "node.dead");
        assertThat(AgentCloud.launches()).hasSize(1);
    }

    @Test
    void a_node_whose_certificate_ends_while_the_server_is_down_comes_back() throws Exception {
        int port = server.running().agentPort();
        var ends = Clock.systemUTC().instant().plusSeconds(5);
        server.close();
        Await.until("the certificate's end", () -> Clock.systemUTC().instant().isAfter(ends));

        startServer(port);

        Await.until("the service answers", () -> client.chat(false).statusCode() == 200);
        assertThat(client.events()).contains("node.rejoined").doesNotContain("node.dead");
        assertThat(AgentCloud.launches()).hasSize(1);
    }

    private void startServer(int agentPort) throws IOException {
        var free = ServerOptions.onFreePorts(folder.resolve("data"), folder.resolve("test.yaml"));
        server = Server.start(free.withAgentPort(agentPort), Clock.systemUTC());
        client = ApiClient.of(folder.resolve("data"));
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

    /// The machine pulls real weights from the server's mirror.
    private void provideWeights() throws IOException {
        var tools = System.getenv("DEEPSEEK_TEST_TOOLS");
        var cache = Path.of(System.getProperty("user.home"), ".cache/deepseek-plugin/test-tools");
        var root = tools == null ? cache : Path.of(tools);
        var mirror = Files.createDirectories(folder.resolve("data/weights"));
        for (var file : ModelCatalog.bundled(Map.of()).resolve("SmolLM2-135M-Instruct").weights()) {
            var source = root.resolve("weights").resolve(file.name());
            assumeTrue(Files.exists(source), source + " is missing: ./dev setup");
            Files.createSymbolicLink(mirror.resolve(file.sha256()), source);
        }
    }
}
