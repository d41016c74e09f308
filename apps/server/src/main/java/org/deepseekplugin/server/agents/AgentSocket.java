package org.deepseekplugin.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.deepseekplugin.orchestrator.nodes.AgentLink;
import org.deepseekplugin.orchestrator.nodes.AgentSession;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One agent's connection: frames from the event loop go through a bounded queue to a thread of its
/// own, which may block; what is sent goes the other way.
final class AgentSocket implements AgentLink, Runnable {
    private static final Logger log = LoggerFactory.getLogger(AgentSocket.class);

    /// When so many messages wait, the agent is not read from until half of them are done.
    private static final int WAITING = 64;

    private static final short GOING_AWAY = 1001;
    private static final short REFUSED = 1008;
    private static final short TRY_AGAIN = 1013;

    private final String node;
    private final ServerWebSocket socket;
    private final Context context;
    private final Nodes nodes;

    /// Empty marks the end of the connection.
    private final BlockingQueue<Optional<String>> frames = new ArrayBlockingQueue<>(WAITING + 2);

    AgentSocket(String node, ServerWebSocket socket, Context context, Nodes nodes) {
        this.node = node;
        this.socket = socket;
        this.context = context;
        this.nodes = nodes;
    }

    /// On the socket's event loop, before anything can arrive.
    void listen() {
        socket.textMessageHandler(text -> {
            if (!frames.offer(Optional.of(text))) {
                close(TRY_AGAIN, "too many messages at once");
            } else if (frames.size() >= WAITING / 2) {
                socket.pause();
            }
        });
        socket.exceptionHandler(e ->
                log.atDebug().addKeyValue("node", node).setCause(e).log("agent connection broke"));
        socket.closeHandler(closed -> {
            if (!frames.offer(Optional.empty())) {
                frames.clear();
                frames.add(Optional.empty());
            }
        });
    }

    /// Works through the messages until the connection ends.
    @Override
    public void run() {
        AgentSession session;
        try {
            session = nodes.connected(node, this);
        } catch (PlatformException refused) {
            close(REFUSED, refused.sentence());
            return;
        }
        try {
            for (var text = frames.take(); text.isPresent(); text = frames.take()) {
                receive(session, text.get());
                if (frames.size() < WAITING / 4) {
                    context.runOnContext(now -> socket.resume());
                }
            }
        } catch (InterruptedException stopping) {
            close(GOING_AWAY, "the server is stopping");
            Thread.currentThread().interrupt();
        } finally {
            session.closed();
        }
    }

    private void receive(AgentSession session, String text) {
        try {
            session.receive(Wire.decode(AgentMessage.class, Json.map(text.getBytes(UTF_8))));
        } catch (MalformedMessage | PlatformException e) {
            // a newer agent may say what we do not know; the rest of what it says still counts
            log.atWarn()
                    .addKeyValue("node", node)
                    .addKeyValue("reason", e.getMessage())
                    .log("message of an agent left aside");
        }
    }

    /// An agent that does not read is disconnected; it dials again and is told everything anew.
    @Override
    public void send(ServerMessage message) {
        var text = Json.write(Wire.encode((Record) message));
        context.runOnContext(now -> {
            if (socket.isClosed()) {
                return;
            }
            if (socket.writeQueueFull()) {
                close(TRY_AGAIN, "the agent does not read");
            } else {
                socket.writeTextMessage(text).onComplete(sent -> {});
            }
        });
    }

    private void close(short status, String reason) {
        context.runOnContext(now -> {
            if (!socket.isClosed()) {
                var shortened = reason.substring(0, Math.min(reason.length(), 100));
                socket.close(status, shortened).onComplete(closed -> {});
            }
        });
    }
}
