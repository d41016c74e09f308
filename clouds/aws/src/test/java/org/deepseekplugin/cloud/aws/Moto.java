package org.deepseekplugin.cloud.aws;

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/// The moto server, a mock of AWS that others wrote. `./dev setup` installs it below
/// `$DEEPSEEK_TEST_TOOLS`, by default `~/.cache/deepseek-plugin/test-tools`.
record Moto(Process process, String endpoint, HttpClient http) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Moto start() throws IOException {
        var program = tools().resolve("venv/bin/moto_server");
        Assumptions.assumeTrue(
                Files.isExecutable(program),
                "SKIPPED: no " + program + "; ./dev setup installs it");
        int port = freePort();
        var process =
                new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", "" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("target", "moto.log").toFile())
                        .start();
        var moto = new Moto(process, "http://127.0.0.1:" + port, HttpClient.newHttpClient());
        moto.awaitReady();
        return moto;
    }

    void reset() {
        if (!answers("POST", "/moto-api/reset")) {
            throw new IllegalStateException("moto does not reset");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers("GET", "/moto-api/")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("moto did not start, see target/moto.log");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean answers(String method, String path) {
        var request =
                HttpRequest.newBuilder(URI.create(endpoint + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path tools() {
        return Optional.ofNullable(System.getenv("DEEPSEEK_TEST_TOOLS"))
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(
                                System.getProperty("user.home"),
                                ".cache/deepseek-plugin/test-tools"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
