package org.deepseekplugin.server.agents;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.Peer;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.server.http.BearerKeys;
import org.deepseekplugin.server.http.FileAnswer;
import org.deepseekplugin.server.http.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agents' port. A join token lets a machine fetch its bundle and join, a certificate that has
/// ended lets it rejoin; everything else needs a certificate in force.
public final class AgentEdge implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentEdge.class);
    private static final String NOT_A_NODE =
            "This needs a node's certificate that is in force; a machine gets one by joining.";

    private final Vertx vertx;
    private final Nodes nodes;
    private final JoinTickets tickets;
    private final Bundles bundles;
    private final Path weights;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Admission admission;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("agents-", 0).factory());

    /// @param weights folder of files named by their sha256
    public AgentEdge(
            Vertx vertx,
            Nodes nodes,
            JoinTickets tickets,
            Bundles bundles,
            Path weights,
            RandomGenerator random,
            InstantSource clock) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.tickets = tickets;
        this.bundles = bundles;
        this.weights = weights;
        this.random = random;
        this.clock = clock;
        this.admission = new Admission(vertx, nodes, threads);
    }

    /// On the request's event loop.
    public void handle(HttpServerRequest request) {
        var id = RequestId.of(request.getHeader(RequestId.HEADER), random);
        var path = request.path() == null ? "" : request.path();
        boolean post = request.method().equals(HttpMethod.POST);
        if (post && path.equals(Protocol.JOIN_PATH)) {
            admission.join(request, id);
        } else if (post && path.equals(Protocol.REJOIN_PATH)) {
            admission.rejoin(request, id);
        } else if (path.equals(Protocol.CONNECT_PATH)) {
            connect(request, id);
        } else if (path.startsWith(Protocol.BUNDLE_PATH)) {
            bundle(request, id, path.substring(Protocol.BUNDLE_PATH.length()));
        } else if (path.startsWith(Protocol.WEIGHTS_PATH)) {
            weights(request, id, path.substring(Protocol.WEIGHTS_PATH.length()));
        } else if (path.equals("/healthz")) {
            request.response().end("ok\n").onComplete(sent -> {});
        } else {
            Problems.answer(
                    request, id, ErrorCode.NOT_FOUND, "There is nothing for agents at " + path);
        }
    }

    private void bundle(HttpServerRequest request, String id, String rest) {
        var token = BearerKeys.token(request).map(Secret::new);
        int slash = rest.indexOf('/');
        var bundle =
                slash < 0
                        ? Optional.<Bundles.Bundle>empty()
                        : bundles.find(rest.substring(0, slash), rest.substring(slash + 1));
        blocking(
                request,
                id,
                () -> token.isPresent() && tickets.isValid(token.get()),
                valid -> {
                    if (!valid) {
                        Problems.answer(
                                request,
                                id,
                                ErrorCode.INVALID_API_KEY,
                                "A valid join token is needed for the agent bundle.");
                    } else if (bundle.isEmpty()) {
                        Problems.answer(
                                request,
                                id,
                                ErrorCode.NOT_FOUND,
                                "There is no agent bundle \"%s\"; version %s is there for %s."
                                        .formatted(
                                                rest,
                                                bundles.version(),
                                                bundles.checksums().keySet()));
                    } else {
                        FileAnswer.send(request, id, bundle.get().file(), bundle.get().size());
                    }
                });
    }

    private void weights(HttpServerRequest request, String id, String sha256) {
        if (node(request).isEmpty()) {
            Problems.answer(request, id, ErrorCode.INSUFFICIENT_PERMISSIONS, NOT_A_NODE);
            return;
        }
        var file = weights.resolve(sha256);
        blocking(
                request,
                id,
                () -> sha256.matches("[0-9a-f]{64}") && Files.exists(file) ? Files.size(file) : -1L,
                size -> {
                    if (size < 0) {
                        Problems.answer(
                                request,
                                id,
                                ErrorCode.NOT_FOUND,
                                "The mirror has no weights \"%s\".".formatted(sha256));
                    } else {
                        FileAnswer.send(request, id, file, size);
                    }
                });
    }

    private void connect(HttpServerRequest request, String id) {
        var node = node(request);
        if (node.isEmpty()) {
            Problems.answer(request, id, ErrorCode.INSUFFICIENT_PERMISSIONS, NOT_A_NODE);
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> {
                    var connection =
                            new AgentSocket(node.get(), socket, vertx.getOrCreateContext(), nodes);
                    connection.listen();
                    threads.execute(connection);
                })
                .onFailure(e ->
                        log.atWarn()
                                .addKeyValue("node", node.get())
                                .setCause(e)
                                .log("agent connection could not be made"));
    }

    private Optional<String> node(HttpServerRequest request) {
        return Peer.name(request.connection(), clock.instant());
    }

    /// Disk and store are asked on a thread of their own; the answer is given on the event loop.
    private <T> void blocking(
            HttpServerRequest request, String id, Callable<T> question, Consumer<T> answer) {
        var context = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                T found = question.call();
                context.runOnContext(now -> answer.accept(found));
            } catch (Exception e) {
                context.runOnContext(now -> Failures.answer(request, id, e));
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
