package org.deepseekplugin.engine;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Reads `--listen`: `127.0.0.1:PORT` or the path of a Unix socket. An engine knows no keys, so it
/// may be reached from its own machine only.
final class Listen {

    static SocketAddress address(String listen) {
        if (listen.startsWith("/")) {
            return SocketAddress.domainSocketAddress(listen);
        }
        int colon = listen.lastIndexOf(':');
        if (colon < 0 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw invalid(listen, "it must be 127.0.0.1:PORT or the path of a Unix socket");
        }
        var host = listen.substring(0, colon);
        if (!isLoopback(host)) {
            throw invalid(listen, "an engine asks for no key, so it listens on loopback only");
        }
        return SocketAddress.inetSocketAddress(Integer.parseInt(listen.substring(colon + 1)), host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw invalid(host, "the host is unknown");
        }
    }

    private static PlatformException invalid(String listen, String reason) {
        return new PlatformException(
                ErrorCode.INVALID_CONFIG, "--listen is \"" + listen + "\"; " + reason + ".");
    }

    private Listen() {}
}
