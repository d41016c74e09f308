package org.deepseekplugin.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.random.RandomGenerator;
import org.deepseekplugin.gateway.api.V1;
import org.deepseekplugin.gateway.api.telemetry.Meters;
import org.deepseekplugin.gateway.auth.BearerAuth;
import org.deepseekplugin.gateway.auth.KeySource;
import org.deepseekplugin.gateway.ledger.LedgerSink;
import org.deepseekplugin.gateway.limits.InFlight;
import org.deepseekplugin.gateway.routing.Ejections;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.Load;
import org.deepseekplugin.gateway.upstream.BufferingUpstream;
import org.deepseekplugin.gateway.upstream.DirectUpstream;
import org.deepseekplugin.gateway.upstream.Dispatcher;
import org.deepseekplugin.gateway.upstream.ReachingUpstream;
import org.deepseekplugin.gateway.upstream.RecordedUpstream;
import org.deepseekplugin.gateway.upstream.RetryBudget;
import org.deepseekplugin.gateway.upstream.TrackedUpstream;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.gateway.upstream.Upstream;
import org.deepseekplugin.platform.security.PemIdentity;

/// The OpenAI-compatible endpoint. Serves any number of listeners and event loops.
public final class Gateway implements AutoCloseable {
    /// How often what is known of endpoints that no longer exist is forgotten.
    private static final long TIDY_MILLIS = 10_000;

    private static final int SAVED_RETRIES = 20;

    private final Vertx vertx;
    private final DirectUpstream direct;
    private final InFlight inFlight;
    private final V1 v1;
    private final long tidyTimer;

    /// @param random for ids and choices; asked on every event loop, so it must be free of locks,
    ///   such as `() -> ThreadLocalRandom.current().nextLong()`
    public Gateway(
            Vertx vertx,
            GatewayOptions options,
            Transport transport,
            EndpointSource endpoints,
            KeySource keys,
            LedgerSink ledger,
            MeterRegistry registry,
            Clock clock,
            RandomGenerator random) {
        this.vertx = vertx;
        var load = new Load();
        var ejections = new Ejections(options.firstEjection(), options.longestEjection(), clock);
        direct = new DirectUpstream(vertx, options.upstream(), transport);
        inFlight = new InFlight();
        var upstream = upstream(vertx, options, direct, load, ejections, ledger, clock);
        var dispatcher =
                new Dispatcher(
                        endpoints,
                        load,
                        ejections,
                        upstream,
                        new RetryBudget(options.retryShare(), 1, SAVED_RETRIES, clock),
                        options.maxAttempts(),
                        random);
        v1 =
                new V1(
                        vertx,
                        options.limits(),
                        new BearerAuth(keys),
                        inFlight,
                        endpoints,
                        dispatcher,
                        options.upstream().idle(),
                        new Meters(registry, inFlight),
                        random);
        tidyTimer = vertx.setPeriodic(TIDY_MILLIS, tick -> tidy(endpoints, load, ejections));
    }

    /// What a call passes on its way to an endpoint, the last first.
    private static Upstream upstream(
            Vertx vertx,
            GatewayOptions options,
            DirectUpstream direct,
            Load load,
            Ejections ejections,
            LedgerSink ledger,
            Clock clock) {
        Upstream upstream = new ReachingUpstream(direct);
        upstream = new BufferingUpstream(upstream, vertx, options.upstream().idle());
        upstream = new TrackedUpstream(upstream, load, ejections);
        return new RecordedUpstream(upstream, ledger, clock);
    }

    /// Answers a request whose path begins with `/v1`; on the request's event loop.
    public void handle(HttpServerRequest request) {
        v1.handle(request);
    }

    /// Refuses new requests with 503, lets those in flight finish, and aborts what is left at the
    /// deadline.
    public Future<Void> drain(Duration deadline) {
        return inFlight.drain(vertx, deadline);
    }

    /// Shows nodes another certificate from now on, without touching open connections.
    public Future<Void> renew(PemIdentity identity) {
        return direct.renew(identity);
    }

    private static void tidy(EndpointSource endpoints, Load load, Ejections ejections) {
        var ids = new HashSet<String>();
        endpoints
                .current()
                .models()
                .values()
                .forEach(model -> model.ready().forEach(endpoint -> ids.add(endpoint.id())));
        load.retain(ids);
        ejections.retain(ids);
    }

    @Override
    public void close() {
        vertx.cancelTimer(tidyTimer);
        direct.close();
    }
}
