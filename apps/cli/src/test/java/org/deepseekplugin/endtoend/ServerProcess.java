package org.deepseekplugin.endtoend;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.cli.client.Connection;
import org.deepseekplugin.server.ServerMain;

/// `ServerMain` as a process, on ports that stay the same over restarts, to be killed at will.
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path dataDir;
    private final List<String> command;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    /// @param before comes before the product on the class path
    ServerProcess(Path dataDir, Path config, Path bundles, String before) throws IOException {
        this.dataDir = dataDir;
        this.port = freePort();
        var path = System.getProperty("java.class.path");
        this.command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        before.isEmpty() ? path : before + File.pathSeparator + path,
                        ServerMain.class.getName(),
                        "--data-dir=" + dataDir,
                        "--config=" + config,
                        "--bundle-dir=" + bundles,
                        "--port=" + port,
                        "--tls-port=0",
                        "--agent-port=" + freePort(),
                        "--watch-stdin");
        start();
    }

    /// Returns when it is ready.
    void start() throws IOException {
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        Until.holds("the server is ready", START, this::isReadyOrDead, this::lastWords);
        if (!process.isAlive()) {
            throw new AssertionError("the server ended: " + lastWords());
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// With the admin key of `client.json`.
    Connection connection() {
        return Connection.find(dataDir, Map.of());
    }

    private boolean isReadyOrDead() {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Object lastWords() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return e;
        }
    }

    private Path log() {
        return dataDir.resolveSibling("server.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        http.close();
        process.getOutputStream().close();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
