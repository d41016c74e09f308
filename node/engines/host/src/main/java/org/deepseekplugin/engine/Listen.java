package org.deepseekplugin.engine;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Reads `--listen`: `127.0.0.1:PORT` or the path of a Unix socket. An engine knows no keys, so it
/// may be reached from its own machine only.
final class Listen {

    static SocketAddress address(String listen) {
        if (listen.startsWith("/")) {
            removeAbandoned(Path.of(listen));
            return SocketAddress.domainSocketAddress(listen);
        }
        int colon = listen.lastIndexOf(':');
        if (colon < 0 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw invalid(listen, "it must be 127.0.0.1:PORT or the path of a Unix socket");
        }
        var host = listen.substring(0, colon);
        if (!isLoopback(listen, host)) {
            throw invalid(listen, "an engine asks for no key, so it listens on loopback only");
        }
        int port = Integer.parseInt(listen.substring(colon + 1));
        if (port > 65535) {
            throw invalid(listen, "ports go up to 65535");
        }
        return SocketAddress.inetSocketAddress(port, host);
    }

    private static boolean isLoopback(String listen, String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw invalid(listen, "that host is unknown");
        }
    }

    /// A killed engine leaves its socket behind, and nobody could bind to it again.
    private static void removeAbandoned(Path socket) {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
        } catch (ConnectException e) {
            delete(socket);
            return;
        } catch (IOException e) {
            return; // there is none, or it is no socket: binding says what is wrong
        }
        throw invalid(socket.toString(), "another process listens there");
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw invalid(socket.toString(), "an abandoned socket is there and cannot be removed");
        }
    }

    private static PlatformException invalid(String listen, String reason) {
        return new PlatformException(
                ErrorCode.INVALID_CONFIG, "--listen is \"" + listen + "\"; " + reason + ".");
    }

    private Listen() {}
}
