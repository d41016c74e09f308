package org.deepseekplugin.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.deepseekplugin.orchestrator.services.ModelCatalog;

/// A server with one service whose one replica answers, on a machine of [AgentCloud].
final class OneService implements AutoCloseable {
    private static final String MODEL = "SmolLM2-135M-Instruct";

    private final Path folder;
    private Server server;
    private ApiClient client;

    private OneService(Path folder) {
        this.folder = folder;
    }

    /// @param settings beside those that free ports need
    static OneService start(Path folder, String settings) throws Exception {
        var line = new OneService(folder);
        line.provideWeights();
        AgentCloud.reset();
        Files.writeString(folder.resolve("test.yaml"), settings);
        line.startServer(0);
        line.client.post(
                "/api/v1/services",
                """
                {"name": "chat", "model": "%s", "replicas": {"min": 1, "max": 1},
                 "where": [{"cloud": "sim", "instance_type": "cpu.small"}]}
                """
                        .formatted(MODEL));
        Await.until("a machine is rented", () -> !AgentCloud.launches().isEmpty());
        AgentCloud.boot(folder.resolve("machines"));
        Await.until("the service answers", () -> line.client.chat(false).statusCode() == 200);
        return line;
    }

    /// @param agentPort 0 for a free one
    void startServer(int agentPort) throws IOException {
        var free = ServerOptions.onFreePorts(folder.resolve("data"), folder.resolve("test.yaml"));
        server = Server.start(free.withAgentPort(agentPort), Clock.systemUTC());
        client = ApiClient.of(folder.resolve("data"));
    }

    Server server() {
        return server;
    }

    ApiClient client() {
        return client;
    }

    /// The machine pulls real weights from the server's mirror.
    private void provideWeights() throws IOException {
        var tools = System.getenv("DEEPSEEK_TEST_TOOLS");
        var cache = Path.of(System.getProperty("user.home"), ".cache/deepseek-plugin/test-tools");
        var root = tools == null ? cache : Path.of(tools);
        var mirror = Files.createDirectories(folder.resolve("data/weights"));
        for (var file : ModelCatalog.bundled(Map.of()).resolve(MODEL).weights()) {
            var source = root.resolve("weights").resolve(file.name());
            assumeTrue(Files.exists(source), source + " is missing: ./dev setup");
            Files.createSymbolicLink(mirror.resolve(file.sha256()), source);
        }
    }

    @Override
    public void close() {
        AgentCloud.reset();
        server.close();
    }
}
