package org.deepseekplugin.server;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.gateway.Gateway;
import org.deepseekplugin.server.state.RunFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server. [Assembly] shows what it is made of.
final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Lifecycle lifecycle;
    private final Gateway gateway;
    private final Duration drain;
    private final RunFile.Content running;
    private final Readiness readiness;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param lifecycle owns everything that was started
    Server(
            Lifecycle lifecycle,
            Gateway gateway,
            Duration drain,
            RunFile.Content running,
            Readiness readiness) {
        this.lifecycle = lifecycle;
        this.gateway = gateway;
        this.drain = drain;
        this.running = running;
        this.readiness = readiness;
    }

    /// Returns when the server is ready.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException in one sentence with a remedy;
    ///   nothing is left running then
    static Server start(ServerOptions options, Clock clock) {
        var lifecycle = new Lifecycle();
        try {
            return new Assembly(options, clock, lifecycle).server();
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    /// Of the plaintext port.
    String url() {
        return running.url();
    }

    RunFile.Content running() {
        return running;
    }

    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /// Lets requests in flight finish, within the drain time; then ends everything.
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        log.atInfo().log("stopping");
        readiness.stopping();
        try {
            gateway.drain(drain).await();
        } finally {
            lifecycle.close();
            closed.countDown();
        }
    }
}
