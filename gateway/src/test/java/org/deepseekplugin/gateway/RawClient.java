package org.deepseekplugin.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that can misbehave: it writes bytes and reads bytes.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /// Reads until `end` has come, or the other side has closed; keeps the end of long answers
    /// only.
    String readUntil(String end) throws IOException {
        var text = new StringBuilder();
        while (!endsWith(text, end)) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            text.append((char) b);
            if (text.length() > 1_000_000) {
                text.delete(0, 900_000);
            }
        }
        return text.toString();
    }

    private static boolean endsWith(StringBuilder text, String end) {
        int from = text.length() - end.length();
        for (int i = 0; i < end.length(); i++) {
            if (from < 0 || text.charAt(from + i) != end.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// True once the other side has closed, dropping what it sent before.
    boolean isClosedByServer() throws IOException {
        try {
            return in.readAllBytes() != null;
        } catch (java.net.SocketException reset) {
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        }
    }

    static String post(String body) {
        return head(body.length()) + body;
    }

    static String head(long length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                + GatewayFixture.KEY
                + "\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
