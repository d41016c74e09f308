package org.deepseekplugin.agent.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.time.Backoff;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the control plane to let this node in, until it does, refuses for good, or the agent stops.
public final class Joining {
    private static final Logger log = LoggerFactory.getLogger(Joining.class);
    private static final int OK = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

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
        var client = vertx.createHttpClient(Tls.dial(new HttpClientOptions(), caPem));
        try {
            for (int failures = 1; ; failures++) {
                switch (ask(client, request, token)) {
                    case Answer.Joined(var response) -> {
                        return response;
                    }
                    case Answer.Refused(var why) ->
                            throw new PlatformException(
                                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                                    server + " does not let this node in: " + why);
                    case Answer.NotYet(var why) -> pause(failures, why, stop);
                }
            }
        } finally {
            client.close().await();
        }
    }

    private sealed interface Answer {
        record Joined(JoinResponse response) implements Answer {}

        record Refused(String why) implements Answer {}

        record NotYet(String why) implements Answer {}
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

    private Answer ask(HttpClient client, JoinRequest request, Secret token) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(server.resolve(Protocol.JOIN_PATH).toString())
                        .setTimeout(DEADLINE.toMillis())
                        .putHeader("authorization", "Bearer " + token.reveal())
                        .putHeader("content-type", "application/json");
        return client.request(options)
                .compose(out -> out.send(Buffer.buffer(Json.bytes(Wire.encode(request)))))
                .compose(in -> in.body().map(body -> read(in.statusCode(), body.getBytes())))
                .timeout(DEADLINE.toMillis(), MILLISECONDS)
                .otherwise(failure -> new Answer.NotYet(String.valueOf(failure.getMessage())))
                .await();
    }

    private static Answer read(int status, byte[] body) {
        if (status == OK) {
            return new Answer.Joined(Wire.decode(JoinResponse.class, Json.map(body)));
        }
        var why = "HTTP " + status + " " + new String(body, UTF_8);
        boolean transientRefusal = status >= 500 || status == 408 || status == 429;
        return transientRefusal ? new Answer.NotYet(why) : new Answer.Refused(why);
    }
}
