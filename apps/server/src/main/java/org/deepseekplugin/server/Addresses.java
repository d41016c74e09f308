package org.deepseekplugin.server;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.server.config.ServerConfig;

/// The names under which the server is known.
final class Addresses {
    static final String LOOPBACK = "127.0.0.1";

    /// What its certificate is valid for.
    static List<String> names(ServerConfig config) {
        return Stream.concat(Stream.of("localhost", LOOPBACK, "::1"), further(config))
                .distinct()
                .toList();
    }

    /// What `Host` may say beside the names of loopback.
    static List<String> allowed(ServerConfig config) {
        return Stream.concat(config.allowedHosts().stream(), further(config)).toList();
    }

    private static Stream<String> further(ServerConfig config) {
        var advertised = config.advertiseUrl().map(URI::getHost);
        return Stream.of(Optional.of(config.listen()), advertised)
                .flatMap(Optional::stream)
                .filter(name -> !name.equals("0.0.0.0") && !name.equals("::"));
    }

    private Addresses() {}
}
