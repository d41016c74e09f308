package org.deepseekplugin.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.deepseekplugin.gateway.Await;
import org.deepseekplugin.gateway.ledger.EngineRecord;
import org.deepseekplugin.gateway.ledger.LedgerFiles;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// `kill -9` in the middle of load: the ledger's sums against the engines' own books.
@Timeout(120)
final class KilledGatewayIT {
    private static final int KILLS = 6;
    private static final int CLIENTS = 24;

    /// One flush, and what a busy machine adds before the writer's thread gets its turn.
    private static final Duration BOUND = ChildGateway.LEDGER.flush().plus(Duration.ofMillis(1000));

    @TempDir Path dir;

    private final Vertx vertx = EventLoops.create(1);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CountingEngine> engines = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean loading = true;
    private volatile ChildProcess child;

    @BeforeEach
    void start() throws Exception {
        engines.add(new CountingEngine(vertx));
        engines.add(new CountingEngine(vertx));
        child = spawn();
    }

    @AfterEach
    void stop() throws Exception {
        loading = false;
        child.kill();
        http.shutdownNow();
        threads.shutdownNow();
        for (var engine : engines) {
            engine.close();
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void kills_lose_no_more_than_a_flush_and_double_nothing() throws Exception {
        var kills = new ArrayList<Long>();
        var shipped = ConcurrentHashMap.<String>newKeySet();
        for (int i = 0; i < CLIENTS; i++) {
            threads.submit(this::ask);
        }
        threads.submit(() -> ship(shipped));
        for (int i = 0; i < KILLS; i++) {
            answeredAnother(40 + ThreadLocalRandom.current().nextInt(200));
            kills.add(System.nanoTime());
            child.kill();
            child = spawn();
        }
        answeredAnother(40);
        loading = false;
        Await.until("engines are done", () -> running() == 0);
        Await.until("engines have told", () -> shipped.containsAll(truth().keySet()));
        Await.until("all is settled", () -> state().pending() == 0);

        var known = LedgerFiles.attempts(dir.resolve("ledger"));
        assertSums(known);
        assertLossIsBounded(known, kills);
    }

    private void assertSums(Set<String> known) {
        var expected =
                truth().entrySet().stream()
                        .filter(one -> known.contains(one.getKey()))
                        .map(one -> one.getValue().tokens())
                        .reduce(Tokens.NONE, Tokens::plus);
        var sum = state().sum();
        assertThat(sum.tokens().minus(sum.estimated())).isEqualTo(expected);
    }

    /// An attempt that the engines know and the ledger does not was begun right before a kill; its
    /// request may have lain in a socket until right after it.
    private void assertLossIsBounded(Set<String> known, List<Long> kills) {
        var lost = new HashSet<>(truth().keySet());
        lost.removeAll(known);
        var ages = new ArrayList<Duration>();
        for (var id : lost) {
            long arrived = arrived(id);
            ages.add(
                    kills.stream()
                            .map(kill -> Duration.ofNanos(Math.abs(kill - arrived)))
                            .min(Duration::compareTo)
                            .orElseThrow());
        }
        LoggerFactory.getLogger(getClass())
                .atInfo()
                .addKeyValue("kills", kills.size())
                .addKeyValue("attempts", truth().size())
                .addKeyValue("lost", lost.size())
                .addKeyValue("oldest", ages.stream().max(Duration::compareTo).orElse(Duration.ZERO))
                .log("what kills cost");
        assertThat(ages).allMatch(age -> age.compareTo(BOUND) < 0);
    }

    private ChildProcess spawn() throws IOException {
        return ChildProcess.spawn(
                List.of("-Xmx128m"),
                ChildGateway.class,
                dir.resolve("ledger").toString(),
                engines.get(0).port(),
                engines.get(1).port());
    }

    /// Questions without end, some as streams, some of these left in the middle.
    private void ask() {
        while (loading) {
            boolean stream = ThreadLocalRandom.current().nextBoolean();
            try (var body = http.send(question(stream), BodyHandlers.ofInputStream()).body()) {
                body.readNBytes(
                        stream ? ThreadLocalRandom.current().nextInt(4000) : Integer.MAX_VALUE);
                answered.incrementAndGet();
            } catch (IOException killed) {
                LockSupport.parkNanos(5_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private HttpRequest question(boolean stream) {
        var body = "{\"model\":\"tiny\",\"stream\":" + stream + ",\"prompt\":\"Hello\"}";
        return HttpRequest.newBuilder(child.uri("/v1/completions"))
                .header("Authorization", "Bearer sk-any")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /// As an agent does: again and again until it is acknowledged, and some of it once more.
    private void ship(Set<String> shipped) {
        while (!Thread.currentThread().isInterrupted()) {
            var batch = new ArrayList<EngineRecord>();
            truth().forEach((id, record) -> {
                if (!shipped.contains(id) || id.hashCode() % 7 == 0) {
                    batch.add(record);
                }
            });
            try {
                var told =
                        HttpRequest.newBuilder(child.uri("/told"))
                                .timeout(Duration.ofSeconds(10))
                                .POST(BodyPublishers.ofByteArray(Json.bytes(batch)))
                                .build();
                http.send(told, BodyHandlers.discarding());
                batch.forEach(record -> shipped.add(record.attempt()));
                LockSupport.parkNanos(50_000_000);
            } catch (IOException killed) {
                LockSupport.parkNanos(50_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private State state() {
        try {
            var asked = HttpRequest.newBuilder(child.uri("/usage")).build();
            return Json.read(http.send(asked, BodyHandlers.ofByteArray()).body(), State.class);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void answeredAnother(int more) {
        int goal = answered.get() + more;
        Await.until("requests are answered", () -> answered.get() >= goal);
    }

    private int running() {
        return engines.stream().mapToInt(engine -> engine.running.get()).sum();
    }

    private Map<String, EngineRecord> truth() {
        var all = new HashMap<String, EngineRecord>();
        engines.forEach(engine -> all.putAll(engine.book));
        return all;
    }

    private long arrived(String id) {
        return engines.stream()
                .filter(engine -> engine.arrived.containsKey(id))
                .mapToLong(engine -> engine.arrived.get(id))
                .findFirst()
                .orElseThrow();
    }
}
