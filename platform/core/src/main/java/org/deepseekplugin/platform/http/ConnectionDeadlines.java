package org.deepseekplugin.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Closes connections on which nothing is being answered: those that do not bring the head of their
/// first request in time, byte by byte or not at all, and those that stay silent after an answer.
/// How long a request may take is not its business, nor how long its body may.
///
/// Belongs to one server on one event loop.
public final class ConnectionDeadlines {
    private final Vertx vertx;
    private final Duration firstHead;
    private final Duration idle;
    private final Map<HttpConnection, Watched> connections = new HashMap<>();

    /// @param firstHead from the connection to the end of its first request's head
    /// @param idle between an answer and the next request's head; noticed after one to two times
    ///   this
    private ConnectionDeadlines(Vertx vertx, Duration firstHead, Duration idle) {
        this.vertx = vertx;
        this.firstHead = firstHead;
        this.idle = idle;
    }

    /// Puts the deadlines before the handler that `server` has. Cleartext HTTP/2 must be off: its
    /// connections are not told of before they speak.
    public static void set(Vertx vertx, HttpServer server, Duration firstHead, Duration idle) {
        var deadlines = new ConnectionDeadlines(vertx, firstHead, idle);
        var handler = server.requestHandler();
        server.connectionHandler(deadlines::opened)
                .requestHandler(request -> {
                    deadlines.began(request);
                    handler.handle(request);
                });
    }

    private void opened(HttpConnection connection) {
        var watched = new Watched(connection);
        connections.put(connection, watched);
        watched.arm(firstHead);
        connection.closeHandler(closed -> {
            connections.remove(connection);
            watched.disarm();
        });
    }

    private void began(HttpServerRequest request) {
        @Nullable Watched watched = connections.get(request.connection());
        if (watched != null) {
            watched.began(request.response());
        }
    }

    /// One timer for all requests of a connection, looked at when it rings.
    private final class Watched {
        private final HttpConnection connection;
        private final List<HttpServerResponse> running = new ArrayList<>(1);
        private boolean used;
        private long timer;

        Watched(HttpConnection connection) {
            this.connection = connection;
        }

        void began(HttpServerResponse response) {
            running.removeIf(Watched::isOver);
            running.add(response);
            used = true;
        }

        void arm(Duration deadline) {
            timer = vertx.setTimer(deadline.toMillis(), ring -> look());
        }

        void disarm() {
            vertx.cancelTimer(timer);
        }

        private void look() {
            running.removeIf(Watched::isOver);
            if (used || !running.isEmpty()) {
                used = !running.isEmpty();
                arm(idle);
            } else {
                connection.close().onComplete(closed -> {});
            }
        }

        private static boolean isOver(HttpServerResponse response) {
            return response.ended() || response.closed();
        }
    }
}
