package org.deepseekplugin.gateway.process;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.deepseekplugin.gateway.Gateway;
import org.deepseekplugin.gateway.GatewayOptions;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.EngineRecord;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.gateway.ledger.LedgerOptions;
import org.deepseekplugin.gateway.ledger.files.Retention;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.EndpointSnapshot;
import org.deepseekplugin.gateway.routing.Reach;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.gateway.upstream.Transport;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.json.Json;

/// The program that is killed: gateway and ledger, and two addresses for what the control plane
/// does in the product. It prints its port.
///
/// Arguments: the ledger's folder, the ports of the engines.
public final class ChildGateway {
    /// Bytes in use: of the heap after a collection, and Netty's outside of it.
    record Memory(long heap, long direct) {}

    /// A busy machine may stop readers for longer than a person would.
    private static final RequestLimits PATIENT =
            new RequestLimits(
                    1024 * 1024,
                    1024 * 1024 * 16,
                    200,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10));

    static final LedgerOptions LEDGER =
            new LedgerOptions(
                    LedgerOptions.DEFAULT.flush(),
                    Duration.ofSeconds(3),
                    LedgerOptions.DEFAULT.segmentBytes(),
                    LedgerOptions.DEFAULT.queue(),
                    Retention.DEFAULT);

    /// So that what a slow reader has not read waits in the gateway, not in the kernel.
    private static final int SOCKET_BUFFER = 16 * 1024;

    public static void main(String[] args) throws Exception {
        var vertx = EventLoops.create(1);
        var ledger = Ledger.open(Path.of(args[0]), LEDGER, Clock.systemUTC());
        var snapshot = snapshot(List.of(args).subList(1, args.length));
        var gateway = gateway(vertx, ledger, snapshot);
        var server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setAcceptBacklog(4096)
                                        .setSendBufferSize(SOCKET_BUFFER))
                        .requestHandler(request -> {
                            switch (request.path()) {
                                case "/told" -> told(request, ledger);
                                case "/usage" -> usage(request, ledger);
                                case "/memory" -> memory(request);
                                default -> gateway.handle(request);
                            }
                        })
                        .listen()
                        .await();
        System.out.println(server.actualPort());
        // ends with its parent, however that ends
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static Gateway gateway(Vertx vertx, Ledger ledger, EndpointSnapshot snapshot) {
        var everyone = Optional.of(new Principal("key", "default", Set.of()));
        return new Gateway(
                vertx,
                GatewayOptions.DEFAULT.withLimits(PATIENT),
                new Transport.Plaintext(),
                () -> snapshot,
                hash -> everyone,
                ledger,
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                () -> ThreadLocalRandom.current().nextLong());
    }

    private static EndpointSnapshot snapshot(List<String> ports) {
        var endpoints = new ArrayList<Endpoint>();
        for (var port : ports) {
            var reach = new Reach.Direct("127.0.0.1", Integer.parseInt(port), "engine");
            endpoints.add(Endpoint.replica("r" + port, "tiny", reach));
        }
        var model = new ServedModel("tiny", Instant.EPOCH, endpoints);
        return EndpointSnapshot.of(List.of(model), Map.of());
    }

    private static void told(HttpServerRequest request, Ledger ledger) {
        request.body()
                .onSuccess(body -> {
                    var records = List.of(Json.read(body.getBytes(), EngineRecord[].class));
                    var _ =
                            ledger.told(records)
                                    .thenRun(() -> request.response().end().onComplete(sent -> {}));
                });
    }

    private static void usage(HttpServerRequest request, Ledger ledger) {
        var _ =
                ledger.usage()
                        .thenAccept(usage ->
                                request.response()
                                        .end(Json.write(State.of(usage)))
                                        .onComplete(sent -> {}));
    }

    private static void memory(HttpServerRequest request) {
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        request.response()
                .end(Json.write(new Memory(heap, PlatformDependent.usedDirectMemory())))
                .onComplete(sent -> {});
    }

    private ChildGateway() {}
}
