package org.deepseekplugin.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.deepseekplugin.agent.identity.CurrentIdentity;
import org.deepseekplugin.agent.identity.Rejoining;
import org.deepseekplugin.agent.thread.Loop;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.time.Backoff;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One WebSocket to the control plane, opened again for ever. What runs on the node does not depend
/// on it. A renewed certificate is shown by the next connection; the one there is stays.
///
/// A heartbeat goes out at each interval and at once after [#heartbeatSoon]. A peer that answers no
/// ping for three intervals counts as gone. Public methods may be called from any thread.
public final class ControlLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

    /// Three intervals without a sign of life: one may be lost, two may be late.
    private static final int SILENT_INTERVALS = 3;

    private static final int MAX_MESSAGE = 4 << 20;
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);
    private static final short INVALID_PAYLOAD = 1007;

    /// RFC 6455 §5.5: a control frame holds 125 bytes, two of them for the code.
    private static final int MAX_REASON = 120;

    private final CurrentIdentity identity;
    private final Rejoining rejoining;
    private final WebSocketConnectOptions address;
    private final WebSocketClient client;
    private final Backoff backoff;
    private final Clock clock;
    private final Loop loop = new Loop("control-link");

    private @Nullable Conversation conversation;
    private @Nullable WebSocket socket;
    private Instant lastSign = Instant.EPOCH;
    private long sequence;
    private int failures;

    /// @param rejoining for the case that the certificate ended while there was no connection
    /// @param backoff its longest pause should be shorter than the time after which a silent node
    ///   is given up
    public ControlLink(
            Vertx vertx,
            URI server,
            CurrentIdentity identity,
            Rejoining rejoining,
            Backoff backoff,
            Clock clock) {
        this.identity = identity;
        this.rejoining = rejoining;
        this.backoff = backoff;
        this.clock = clock;
        this.address =
                new WebSocketConnectOptions()
                        .setHost(server.getHost())
                        .setPort(server.getPort())
                        .setSsl(true)
                        .setURI(Protocol.CONNECT_PATH)
                        .setTimeout(CONNECT_DEADLINE.toMillis());
        var options =
                new WebSocketClientOptions()
                        .setMaxMessageSize(MAX_MESSAGE)
                        .setConnectTimeout((int) CONNECT_DEADLINE.toMillis());
        this.client = vertx.createWebSocketClient(options);
    }

    /// Connects, and goes on until [#close]. Before, nothing is sent.
    public void start(Conversation partner) {
        loop.execute(() -> {
            conversation = partner;
            connect();
        });
        loop.every(identity.get().heartbeat(), this::beat);
    }

    /// For a change that should not wait for the next interval.
    public void heartbeatSoon() {
        loop.execute(this::beat);
    }

    /// Sends if there is a connection; whether it arrives is for the caller to find out.
    public void send(AgentMessage message) {
        loop.execute(() -> write(message));
    }

    private void connect() {
        if (identity.hasExpired()) {
            var failure = rejoining.attempt();
            if (failure.isPresent()) {
                retry(failure.get());
                return;
            }
        }
        client.connect(new WebSocketConnectOptions(address).setSslOptions(Tls.dial(identity.tls())))
                .onSuccess(this::listen)
                .onFailure(e -> loop.execute(() -> retry(String.valueOf(e.getMessage()))));
    }

    /// On the socket's own thread, so that no message comes before its handler.
    private void listen(WebSocket fresh) {
        fresh.textMessageHandler(text -> loop.execute(() -> hear(fresh, text)));
        fresh.pongHandler(_ -> loop.execute(this::sawSign));
        fresh.exceptionHandler(e -> log.atDebug().setCause(e).log("connection failed"));
        fresh.closeHandler(
                closed -> loop.execute(() -> lost(fresh, String.valueOf(fresh.closeReason()))));
        loop.execute(() -> opened(fresh));
    }

    private void opened(WebSocket fresh) {
        log.atInfo()
                .addKeyValue("node", identity.get().node())
                .log("connected to the control plane");
        socket = fresh;
        sawSign();
        write(partner().hello());
        partner().connected();
        beat();
    }

    private void lost(WebSocket closed, String reason) {
        if (closed.equals(socket)) {
            socket = null;
            retry(reason);
        }
    }

    private void retry(String reason) {
        failures++;
        var pause = backoff.after(failures);
        var level = Integer.bitCount(failures) == 1 ? Level.WARN : Level.DEBUG; // ever more seldom
        log.atLevel(level)
                .addKeyValue("reason", reason)
                .addKeyValue("failures", failures)
                .log("no connection to the control plane, trying again");
        loop.after(pause, this::connect);
    }

    private void hear(WebSocket from, String text) {
        sawSign();
        ServerMessage message;
        try {
            message = Wire.decode(ServerMessage.class, Json.map(text.getBytes(UTF_8)));
        } catch (MalformedMessage | PlatformException e) {
            log.atError().setCause(e).log("cannot read a message of the control plane");
            close(from, INVALID_PAYLOAD, String.valueOf(e.getMessage()));
            return;
        }
        failures = 0; // only a peer that makes sense is worth an early retry
        partner().hear(message);
    }

    private void beat() {
        var open = socket;
        if (open == null) {
            return;
        }
        if (lastSign.plus(identity.get().heartbeat().multipliedBy(SILENT_INTERVALS))
                .isBefore(clock.instant())) {
            close(open, (short) 1001, "no sign of life");
            socket = null;
            retry("the control plane is silent");
            return;
        }
        write(partner().heartbeat(++sequence));
        open.writePing(Buffer.buffer());
    }

    private void write(AgentMessage message) {
        if (socket != null) {
            socket.writeTextMessage(Json.write(Wire.encode((Record) message)));
        }
    }

    private Conversation partner() {
        return Objects.requireNonNull(conversation, "not started");
    }

    private static void close(WebSocket socket, short code, String reason) {
        var ascii = reason.replaceAll("[^ -~]", "?");
        socket.close(code, ascii.substring(0, Math.min(ascii.length(), MAX_REASON)));
    }

    private void sawSign() {
        lastSign = clock.instant();
    }

    @Override
    public void close() {
        loop.close();
        client.close().await();
    }
}
