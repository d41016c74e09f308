package org.deepseekplugin.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/// One HTTP/1.1 request to a port on loopback, over a socket of its own and as it stands here: also
/// what a client library would refuse to send.
public record Ask(
        int port, String method, String target, Map<String, String> headers, String body) {
    private static final int PATIENCE_MILLIS = 20_000;

    public static Ask of(int port, String method, String target) {
        return new Ask(
                port,
                method,
                target,
                Map.of("Host", "127.0.0.1:" + port, "Connection", "close"),
                "");
    }

    public Ask with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Ask(port, method, target, more, body);
    }

    public Ask key(String key) {
        return with("Authorization", "Bearer " + key);
    }

    public Ask body(String text) {
        return new Ask(port, method, target, headers, text)
                .with("Content-Length", Integer.toString(text.getBytes(UTF_8).length));
    }

    public Answer send() {
        try (var socket = open()) {
            return Answer.of(new String(socket.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    /// For an answer that does not end.
    public Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write((head() + "\r\n" + body).getBytes(UTF_8));
        return socket;
    }

    private String head() {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head.toString();
    }
}
