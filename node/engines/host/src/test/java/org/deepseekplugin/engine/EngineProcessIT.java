package org.deepseekplugin.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.engine.http.ServedModel;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineProcessIT {
    @TempDir Path folder;
    private final FakeEngine engine = new FakeEngine(4);

    @Test
    void whoever_finds_the_port_file_can_connect() throws Exception {
        try (var process = start("127.0.0.1:0")) {
            process.announce(folder.resolve("port"));
            var port = Files.readString(folder.resolve("port")).strip();

            assertThat(port).isEqualTo(String.valueOf(process.port()));
            assertThat(get(Integer.parseInt(port), "/v1/models")).contains("\"id\":\"m\"");
            assertThat(folder.resolve("port.part")).doesNotExist();
        }
    }

    @Test
    void it_rehearses_and_nothing_of_that_is_generated_or_recorded() throws Exception {
        for (var listen : new String[] {"127.0.0.1:0", folder.resolve("socket").toString()}) {
            var rehearsed = new FakeEngine(4);
            try (var process = start(listen, rehearsed)) {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (!rehearsed.hasCounted()) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    Thread.onSpinWait();
                }
                assertThat(process.port()).isNotNegative();
            }
            assertThat(rehearsed.stats().running()).isZero();
            assertThat(folder.resolve("usage")).doesNotExist();
        }
    }

    @Test
    void an_engine_that_fails_ends_its_process() throws Exception {
        try (var process = start("127.0.0.1:0")) {
            var ended = CompletableFuture.runAsync(process::awaitFailure);
            assertThat(ended).isNotDone();

            engine.fails(new IllegalStateException("on purpose"));

            ended.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void closing_records_what_ran() throws Exception {
        var process = start("127.0.0.1:0");
        var client = HttpClient.newHttpClient();
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + process.port() + "/v1/completions"))
                        .POST(BodyPublishers.ofString("{\"prompt\": \"a\"}"))
                        .build();
        var answer = client.sendAsync(request, BodyHandlers.ofString());
        engine.next().says("x");

        process.close();

        assertThat(Files.readString(folder.resolve("usage"))).contains("\"cancelled\"");
        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void it_listens_on_a_unix_socket_also_where_a_killed_one_left_its_own() throws Exception {
        var socket = folder.resolve("socket");
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (var process = start(socket.toString())) {
            process.announce(folder.resolve("port"));

            assertThat(folder.resolve("port")).hasContent(socket.toString());
            assertThat(health(socket)).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> Listen.address(socket.toString()))
                    .hasMessageContaining("another process listens there");
        }
    }

    private EngineProcess start(String listen) {
        return start(listen, engine);
    }

    private EngineProcess start(String listen, Engine its) {
        return EngineProcess.start(
                new Ready(its),
                new EngineSettings(
                        Path.of("w"),
                        Path.of("n"),
                        4,
                        2048,
                        1,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new ServedModel("m", "m", 1000),
                Listen.address(listen),
                folder.resolve("usage"));
    }

    private record Ready(Engine engine) implements EngineFactory {
        @Override
        public String name() {
            return "ready";
        }

        @Override
        public Engine start(EngineSettings settings) {
            return engine;
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private static String health(Path socket) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(
                    ByteBuffer.wrap(
                            "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                    .getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }
}
