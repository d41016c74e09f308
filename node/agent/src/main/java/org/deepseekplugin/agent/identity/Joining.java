package org.deepseekplugin.agent.identity;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.agent.identity.Posting.Answer;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.time.Backoff;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the control plane to let this node in, until it does, refuses for good, or the agent stops.
public final class Joining {
    private static final Logger log = LoggerFactory.getLogger(Joining.class);

    private final Vertx vertx;
    private final URI server;
    private final String caPem;
    private final Backoff backoff;

    public Joining(Vertx vertx, URI server, String caPem, Backoff backoff) {
        this.vertx = vertx;
        this.server = server;
        this.caPem = caPem;
        this.backoff = backoff;
    }

    /// Blocks. The same request goes out again and again: only one with the same key is the same
    /// node to the control plane.
    ///
    /// @param stop ends the attempts when counted down
    /// @throws PlatformException `insufficient_permissions` when refused for good, with the control
    ///   plane's own words; `shutting_down` when stopped
    public JoinResponse join(JoinRequest request, Secret token, CountDownLatch stop)
            throws InterruptedException {
        try (var posting = new Posting(vertx, server, caPem)) {
            for (int failures = 1; ; failures++) {
                switch (posting.ask(Protocol.JOIN_PATH, request, Optional.of(token))) {
                    case Answer.Granted(var response) -> {
                        return response;
                    }
                    case Answer.Refused(var why) ->
                            throw new PlatformException(
                                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                                    server + " does not let this node in: " + why);
                    case Answer.NotYet(var why) -> pause(failures, why, stop);
                }
            }
        }
    }

    private void pause(int failures, String why, CountDownLatch stop) throws InterruptedException {
        log.atWarn()
                .addKeyValue("server", server)
                .addKeyValue("reason", why)
                .log("cannot join yet, trying again");
        if (stop.await(backoff.after(failures).toMillis(), MILLISECONDS)) {
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN, "Stopped before the node had joined.");
        }
    }
}
