package org.deepseekplugin.platform.artifacts;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server of one file, at whatever path it is asked for; remembers what it was asked.
final class WebServer implements AutoCloseable {
    final List<Headers> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Behaviour behaviour;

    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    WebServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    void behave(Behaviour another) {
        behaviour = another;
    }

    /// @param host a name of this machine
    String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestHeaders());
            behaviour.answer(exchange);
        }
    }

    /// Understands `Range`.
    static Behaviour file(byte[] content) {
        return exchange -> {
            int from = from(exchange).orElse(0);
            if (from > content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (from > 0) {
                var range = "bytes %d-%d/%d".formatted(from, content.length - 1, content.length);
                exchange.getResponseHeaders().set("Content-Range", range);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, content.length - from);
        };
    }

    /// The connection breaks after so many bytes.
    static Behaviour broken(byte[] content, int after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, after);
            exchange.getResponseBody().flush();
        };
    }

    static Behaviour withoutRange(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    static Behaviour redirect(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Behaviour status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static Optional<Integer> from(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .map(range -> Integer.parseInt(range.replaceAll("\\D", "")));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
