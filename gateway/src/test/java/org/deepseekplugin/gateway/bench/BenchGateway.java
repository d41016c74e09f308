package org.deepseekplugin.gateway.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.deepseekplugin.gateway.Gateway;
import org.deepseekplugin.gateway.GatewayOptions;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.gateway.ledger.LedgerOptions;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.EndpointSnapshot;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.http.ConnectionDeadlines;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.telemetry.Metrics;

/// The gateway as the server runs it, on as many event loops, with all that it does for a request:
/// keys, routing, limits, deadlines, metrics, ledger and access log.
public final class BenchGateway {
    static final String KEY = "sk-benchmark";

    /// Asked as a chat for one answer, as a completion for a stream.
    private static final Map<String, String> NAMES = Map.of("gpt-4-turbo", "tiny");

    /// Arguments: port, ports of the answering and of the streaming engine, the ledger's folder.
    public static void main(String[] args) throws Exception {
        var vertx = EventLoops.create(0);
        var answering = gateway(vertx, args[1], Path.of(args[3], "answers"));
        var streaming = gateway(vertx, args[2], Path.of(args[3], "streams"));
        var options =
                new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(Integer.parseInt(args[0]))
                        .setHttp2ClearTextEnabled(false);
        vertx.deployVerticle(
                        () -> new Serving(options, answering, streaming),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .await();
    }

    private static Gateway gateway(Vertx vertx, String port, Path ledger) {
        var reach = new Reach.Direct("127.0.0.1", Integer.parseInt(port), "bench");
        var replica = Endpoint.replica("r1", "tiny", reach);
        var model = new ServedModel("tiny", Instant.EPOCH, List.of(replica));
        var snapshot = EndpointSnapshot.of(List.of(model), NAMES);
        var hash = ApiKey.hash(KEY);
        var principal = Optional.of(new Principal("bench", "default", Set.of()));
        return new Gateway(
                vertx,
                GatewayOptions.DEFAULT,
                new Transport.Plaintext(),
                () -> snapshot,
                key -> key.equals(hash) ? principal : Optional.empty(),
                Ledger.open(ledger, LedgerOptions.DEFAULT, Clock.systemUTC()),
                new Metrics().registry(),
                Clock.systemUTC(),
                () -> ThreadLocalRandom.current().nextLong());
    }

    private static final class Serving extends AbstractVerticle {
        private final HttpServerOptions options;
        private final Gateway answering;
        private final Gateway streaming;

        Serving(HttpServerOptions options, Gateway answering, Gateway streaming) {
            this.options = options;
            this.answering = answering;
            this.streaming = streaming;
        }

        @Override
        public void start() {
            var server =
                    vertx.createHttpServer(options)
                            .requestHandler(request -> {
                                boolean stream = request.path().equals("/v1/completions");
                                (stream ? streaming : answering).handle(request);
                            });
            ConnectionDeadlines.set(vertx, server, Duration.ofSeconds(15), Duration.ofSeconds(60));
            server.listen().onFailure(Throwable::printStackTrace);
        }
    }

    private BenchGateway() {}
}
