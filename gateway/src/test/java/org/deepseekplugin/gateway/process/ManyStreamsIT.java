package org.deepseekplugin.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.deepseekplugin.gateway.Await;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Two thousand streams at once whose readers stand still, through a gateway with a small heap.
@Timeout(180)
final class ManyStreamsIT {
    private static final int STREAMS = 2000;
    private static final long MIB = 1024 * 1024;

    /// The heap that the gateway gets, and what it may use outside of it.
    private static final long HEAP = 320 * MIB;

    private static final long DIRECT = 256 * MIB;

    @TempDir Path dir;

    private final Vertx vertx = EventLoops.create(2);
    private final io.vertx.core.http.HttpClient clients =
            vertx.createHttpClient(
                    new HttpClientOptions().setReceiveBufferSize(16 * 1024).setMaxChunkSize(2048),
                    new PoolOptions().setHttp1MaxSize(STREAMS));
    private final HttpClient quick =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentLinkedQueue<HttpClientResponse> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> checksums = new ConcurrentHashMap<>();
    private PouringEngine engine;
    private ChildProcess child;

    @BeforeEach
    void start() throws Exception {
        engine = new PouringEngine(vertx);
        child =
                ChildProcess.spawn(
                        List.of("-Xmx" + HEAP, "-Dio.netty.maxDirectMemory=" + DIRECT),
                        ChildGateway.class,
                        dir.toString(),
                        engine.port());
    }

    @AfterEach
    void stop() throws Exception {
        child.kill();
        quick.shutdownNow();
        clients.close().await(10, TimeUnit.SECONDS);
        engine.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void two_thousand_slow_readers_fit_into_a_small_heap() throws Exception {
        for (int i = 0; i < STREAMS; i++) {
            open("stream-" + i);
        }
        Await.until("all have begun", () -> waiting.size() == STREAMS);
        engine.begun.forEach(Runnable::run);
        awaitStandstill();

        var memory = memory();
        LoggerFactory.getLogger(getClass())
                .atInfo()
                .addKeyValue("streams", STREAMS)
                .addKeyValue("heap_mib", memory.heap() / MIB)
                .addKeyValue("direct_mib", memory.direct() / MIB)
                .addKeyValue("rss_mib", residentBytes() / MIB)
                .addKeyValue("written_mib", engine.written.get() / MIB)
                .log("slow readers");
        assertThat(memory.heap()).isLessThan(HEAP * 3 / 4);
        assertThat(quickly()).isEqualTo(200);

        waiting.forEach(HttpClientResponse::resume);
        Await.until("all are whole", () -> checksums.size() == STREAMS);
        assertThat(checksums).isEqualTo(engine.checksums);
    }

    private void open(String name) {
        clients.request(
                        new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setHost("127.0.0.1")
                                .setPort(child.port())
                                .setURI("/v1/completions")
                                .putHeader("authorization", "Bearer sk-any"))
                .compose(request -> sent(request, name))
                .onSuccess(answer -> read(answer, name));
    }

    private static io.vertx.core.Future<HttpClientResponse> sent(
            HttpClientRequest request, String name) {
        return request.send(
                "{\"model\":\"tiny\",\"stream\":true,\"prompt\":\"x\",\"user\":\"" + name + "\"}");
    }

    private void read(HttpClientResponse answer, String name) {
        answer.pause();
        var crc = new CRC32C();
        answer.handler(piece -> crc.update(piece.getBytes()));
        answer.endHandler(end -> checksums.put(name, crc.getValue()));
        waiting.add(answer);
    }

    /// Until the engine has not got rid of a byte for a while.
    private void awaitStandstill() {
        var before = new AtomicLong(-1);
        var since = new AtomicLong(System.nanoTime());
        Await.until(
                "nothing moves",
                () -> {
                    if (before.getAndSet(engine.written.get()) != engine.written.get()) {
                        since.set(System.nanoTime());
                    }
                    return System.nanoTime() - since.get() > Duration.ofMillis(1000).toNanos();
                });
    }

    private ChildGateway.Memory memory() throws Exception {
        var asked = HttpRequest.newBuilder(child.uri("/memory")).build();
        return Json.read(
                quick.send(asked, BodyHandlers.ofByteArray()).body(), ChildGateway.Memory.class);
    }

    private int quickly() throws Exception {
        var asked =
                HttpRequest.newBuilder(URI.create(child.uri("/v1/completions").toString()))
                        .header("authorization", "Bearer sk-any")
                        .timeout(Duration.ofSeconds(30))
                        .POST(BodyPublishers.ofString("{\"model\":\"tiny\",\"user\":\"quick\"}"))
                        .build();
        return quick.send(asked, BodyHandlers.discarding()).statusCode();
    }

    private long residentBytes() throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(child.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
