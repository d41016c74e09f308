package org.deepseekplugin.gateway.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Clock;
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
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.telemetry.Metrics;
import org.slf4j.LoggerFactory;

/// The gateway as the server runs it, keys, routing, metrics and ledger on, the access log off as
/// nginx's.
public final class BenchGateway {
    static final String KEY = "sk-benchmark";

    /// Arguments: port, the upstream's port, the ledger's folder.
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        var vertx = EventLoops.create(0);
        var reach = new Reach.Direct("127.0.0.1", Integer.parseInt(args[1]), "bench");
        var snapshot =
                EndpointSnapshot.of(
                        List.of(
                                new ServedModel(
                                        "tiny",
                                        Instant.EPOCH,
                                        List.of(Endpoint.replica("r1", "tiny", reach)))),
                        Map.of("gpt-4-turbo", "tiny"));
        var hash = ApiKey.hash(KEY);
        var principal = Optional.of(new Principal("bench", "default", Set.of()));
        var gateway =
                new Gateway(
                        vertx,
                        GatewayOptions.DEFAULT,
                        new Transport.Plaintext(),
                        () -> snapshot,
                        key -> key.equals(hash) ? principal : Optional.empty(),
                        Ledger.open(Path.of(args[2]), LedgerOptions.DEFAULT, Clock.systemUTC()),
                        new Metrics().registry(),
                        Clock.systemUTC(),
                        () -> ThreadLocalRandom.current().nextLong());
        var options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(args[0]));
        vertx.deployVerticle(
                        () ->
                                new AbstractVerticle() {
                                    @Override
                                    public void start() {
                                        vertx.createHttpServer(options)
                                                .requestHandler(gateway::handle)
                                                .listen();
                                    }
                                },
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .await();
    }
}
