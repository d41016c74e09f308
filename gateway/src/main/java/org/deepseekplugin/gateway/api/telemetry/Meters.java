package org.deepseekplugin.gateway.api.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.limits.InFlight;

/// What the gateway tells about its requests: counts, times and an access log without contents.
/// Thread-safe.
public final class Meters {
    /// From a cache hit to a long generation.
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final AccessLog log;
    private final ConcurrentHashMap<Answer, Timer> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ModelMeters> models = new ConcurrentHashMap<>();

    private record Answer(String model, int status) {}

    private record ModelMeters(Timer firstByte, Counter promptTokens, Counter completionTokens) {}

    public Meters(MeterRegistry registry, InFlight inFlight) {
        this.registry = registry;
        this.log = new AccessLog();
        Gauge.builder("deepseek.gateway.requests.in.flight", inFlight, InFlight::count)
                .description("requests being answered")
                .register(registry);
    }

    public Clock clock() {
        return registry.config().clock();
    }

    public void finished(Exchange exchange) {
        long nanos = exchange.elapsedNanos();
        requests.computeIfAbsent(new Answer(exchange.model(), exchange.status()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (exchange.firstByteNanos() > 0) {
            answered(exchange);
        }
        log.finished(exchange, nanos);
    }

    private void answered(Exchange exchange) {
        var meters = models.computeIfAbsent(exchange.model(), this::modelMeters);
        meters.firstByte().record(exchange.firstByteNanos(), TimeUnit.NANOSECONDS);
        meters.promptTokens().increment((double) exchange.tokens().prompt());
        meters.completionTokens().increment((double) exchange.tokens().completion());
    }

    private Timer timer(Answer answer) {
        return Timer.builder("deepseek.gateway.requests")
                .description("from the head of a request to the end of its answer")
                .tag("model", answer.model())
                .tag("code", Integer.toString(answer.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private ModelMeters modelMeters(String model) {
        return new ModelMeters(
                Timer.builder("deepseek.gateway.first.byte")
                        .description("from the head of a request to the first byte of its answer")
                        .tag("model", model)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry),
                tokens(model, "prompt"),
                tokens(model, "completion"));
    }

    private Counter tokens(String model, String kind) {
        return Counter.builder("deepseek.gateway.tokens")
                .description("tokens as the gateway saw them pass; the ledger has the exact count")
                .tag("model", model)
                .tag("kind", kind)
                .register(registry);
    }
}
