package org.deepseekplugin.agent.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.Wire;

/// Asks the control plane for a certificate while the node has none to show. Blocks for [#DEADLINE]
/// at the most.
final class Posting implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI server;
    private final HttpClient client;

    /// @param caPem whom to trust
    Posting(Vertx vertx, URI server, String caPem) {
        this.server = server;
        this.client = vertx.createHttpClient(Tls.dial(new HttpClientOptions(), caPem));
    }

    sealed interface Answer {
        record Granted(JoinResponse response) implements Answer {}

        /// For good, as far as the control plane knows.
        record Refused(String why) implements Answer {}

        record NotYet(String why) implements Answer {}
    }

    Answer ask(String path, Record request, Optional<Secret> token) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(server.resolve(path).toString())
                        .setTimeout(DEADLINE.toMillis())
                        .putHeader("content-type", "application/json");
        token.ifPresent(t -> options.putHeader("authorization", "Bearer " + t.reveal()));
        var body = Buffer.buffer(Json.bytes(Wire.encode(request)));
        return client.request(options)
                .compose(out -> out.send(body).compose(Posting::read))
                .timeout(DEADLINE.toMillis(), MILLISECONDS)
                .otherwise(failure -> new Answer.NotYet(String.valueOf(failure.getMessage())))
                .await();
    }

    /// On the event loop, which would not keep a body for a later listener.
    private static Future<Answer> read(HttpClientResponse in) {
        return in.body().map(body -> read(in.statusCode(), body.getBytes()));
    }

    private static Answer read(int status, byte[] body) {
        if (status == OK) {
            return granted(body);
        }
        var why = "HTTP " + status + " " + new String(body, UTF_8);
        boolean transientRefusal = status >= 500 || status == 408 || status == 429;
        return transientRefusal ? new Answer.NotYet(why) : new Answer.Refused(why);
    }

    private static Answer granted(byte[] body) {
        try {
            return new Answer.Granted(Wire.decode(JoinResponse.class, Json.map(body)));
        } catch (PlatformException | MalformedMessage e) {
            return new Answer.NotYet("the answer cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close().await();
    }
}
