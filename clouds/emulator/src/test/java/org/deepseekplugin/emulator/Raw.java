package org.deepseekplugin.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/// Bytes on a socket, as no HTTP client would send them.
final class Raw {

    /// Sends, and reads until the server hangs up, as a request with `Connection: close` wants it.
    ///
    /// @return all that came; empty if the server closed without a word
    static String send(String url, String bytes) {
        return send(url, bytes, false);
    }

    /// Sends, and hangs up half: no more is to come.
    static String sendAndEnd(String url, String bytes) {
        return send(url, bytes, true);
    }

    private static String send(String url, String bytes, boolean end) {
        var uri = URI.create(url);
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(15_000);
            try {
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                if (end) {
                    socket.shutdownOutput();
                }
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (SocketException reset) {
                return "";
            }
        } catch (IOException e) {
            throw new AssertionError(url + " did not close the connection", e);
        }
    }

    /// A POST with the headers that the listener wants.
    static String post(String url, String body, String... headers) {
        var uri = URI.create(url);
        return "POST / HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: %d\r\n%s\r\n%s"
                .formatted(
                        uri.getHost(),
                        uri.getPort(),
                        body.length(),
                        String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n"),
                        body);
    }

    private Raw() {}
}
