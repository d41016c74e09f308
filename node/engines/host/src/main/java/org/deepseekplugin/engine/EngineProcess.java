package org.deepseekplugin.engine;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.engine.http.EngineServer;
import org.deepseekplugin.engine.http.ServedModel;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.engine.usage.UsageLog;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loaded engine and its server. Ready when it exists.
final class EngineProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Vertx vertx;
    private final EngineServer server;
    private final SocketAddress address;
    private final int port;

    private EngineProcess(
            Engine engine, Vertx vertx, EngineServer server, SocketAddress address, int port) {
        this.engine = engine;
        this.vertx = vertx;
        this.server = server;
        this.address = address;
        this.port = port;
    }

    /// @throws PlatformException when the weights cannot be loaded or the address is taken
    static EngineProcess start(
            EngineFactory factory,
            EngineSettings settings,
            ServedModel served,
            SocketAddress address,
            Path usageLog) {
        var usage = new UsageLog(usageLog);
        // meanwhile: both take long, and neither needs the other
        var loops = CompletableFuture.supplyAsync(() -> EventLoops.create(1));
        var engine = load(factory, settings, loops);
        var server =
                new EngineServer(
                        loops.join(), engine, served, usage, Clock.systemUTC(), new SecureRandom());
        int port = listen(server, served, address, engine);
        Thread.ofPlatform().name("rehearsal").daemon().start(new Rehearsal(address, port));
        return new EngineProcess(engine, loops.join(), server, address, port);
    }

    private static Engine load(
            EngineFactory factory, EngineSettings settings, CompletableFuture<Vertx> loops) {
        try {
            return factory.start(settings);
        } catch (RuntimeException e) {
            var _ = loops.join().close();
            throw e;
        }
    }

    private static int listen(
            EngineServer server, ServedModel served, SocketAddress address, Engine engine) {
        try {
            int port = await(server.listen(address));
            log.atInfo()
                    .addKeyValue("model", served.name())
                    .addKeyValue("address", address)
                    .addKeyValue("port", port)
                    .log("engine ready");
            return port;
        } catch (Exception e) {
            engine.close();
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "--listen " + address + " is not possible: " + e.getMessage(),
                    e);
        }
    }

    int port() {
        return port;
    }

    /// Writes the port, or the socket's path, at once or not at all: whoever finds the file can
    /// connect.
    ///
    /// @throws PlatformException when that is not possible; the process is closed then
    void announce(Path file) {
        var text = address.isInetSocket() ? String.valueOf(port) : address.path();
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text + "\n");
            Files.move(part, file, ATOMIC_MOVE);
        } catch (IOException e) {
            close();
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "--port-file " + file + " cannot be written: " + e,
                    e);
        }
    }

    /// Returns when the engine has failed.
    void awaitFailure() {
        var reason = engine.failure().toCompletableFuture().join();
        log.atError().setCause(reason).log("the engine failed, its process ends");
    }

    /// Cancels what runs, so that its usage is recorded, and ends.
    @Override
    public void close() {
        engine.close();
        try {
            await(server.close());
            await(vertx.close());
        } catch (Exception e) {
            log.atWarn().setCause(e).log("the server did not end in time");
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
