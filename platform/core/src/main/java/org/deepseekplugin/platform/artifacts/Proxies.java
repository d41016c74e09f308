package org.deepseekplugin.platform.artifacts;

import static java.util.Locale.ROOT;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Which web servers are reached through a proxy, as the environment says it to every program:
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in capitals or not. A proxy that wants a password is
/// not spoken to.
///
/// @param direct names that need no proxy: a host, a domain with all below it, or `*`
public record Proxies(Optional<URI> https, Optional<URI> http, List<String> direct) {
    static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), List.of());

    private static final int USUAL_PORT = 3128;

    /// @throws PlatformException `invalid_config` when an address is none; it may hold a password,
    ///   so the text is not repeated
    static Proxies from(Map<String, String> environment) {
        var direct = variable(environment, "NO_PROXY").orElse("");
        return new Proxies(
                variable(environment, "HTTPS_PROXY").map(Proxies::address),
                variable(environment, "HTTP_PROXY").map(Proxies::address),
                Stream.of(direct.split(",", -1))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList());
    }

    Proxy of(URI uri) {
        var proxy = uri.getScheme().equals("https") ? https : http;
        return proxy.isEmpty() || isDirect(uri.getHost())
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, socketAddress(proxy.get()));
    }

    private boolean isDirect(String host) {
        return direct.stream()
                .map(name -> name.startsWith(".") ? name.substring(1) : name)
                .anyMatch(
                        name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    /// Resolved anew each time, as names move.
    private static InetSocketAddress socketAddress(URI proxy) {
        return new InetSocketAddress(
                proxy.getHost(), proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(ROOT))
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    private static URI address(String text) {
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && uri.getScheme().equals("http")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new PlatformException(
                ErrorCode.INVALID_CONFIG,
                "HTTPS_PROXY or HTTP_PROXY is no address like http://proxy.example.com:3128; correct or unset it.");
    }
}
