package org.deepseekplugin.platform.artifacts;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.security.Secret;

/// The Hugging Face hub, or a mirror of it.
///
/// @param endpoint where addresses of the hub are sent instead: `HF_ENDPOINT`
/// @param token for weights that need one: `HF_TOKEN`
public record Hub(Optional<URI> endpoint, Optional<Secret> token) {
    static final Hub NONE = new Hub(Optional.empty(), Optional.empty());

    private static final URI HOME = URI.create("https://huggingface.co/");

    static Hub from(Map<String, String> environment) {
        return new Hub(
                Optional.ofNullable(environment.get("HF_ENDPOINT")).map(URI::create),
                Optional.ofNullable(environment.get("HF_TOKEN")).map(Secret::new));
    }

    /// Where an address really leads.
    URI redirect(URI uri) {
        var text = uri.toString();
        var home = HOME.toString();
        return endpoint.isPresent() && text.startsWith(home)
                ? slashed(endpoint.get()).resolve(text.substring(home.length()))
                : uri;
    }

    /// The token goes to the hub itself, never to where the hub sends us for the bytes, and never
    /// over a wire that others can read.
    Optional<Secret> tokenFor(URI uri) {
        var hub = endpoint.orElse(HOME);
        boolean sameServer =
                hub.getScheme().equals(uri.getScheme())
                        && hub.getHost().equals(uri.getHost())
                        && hub.getPort() == uri.getPort();
        boolean unread = uri.getScheme().equals("https") || isLoopback(uri.getHost());
        return sameServer && unread ? token : Optional.empty();
    }

    private static boolean isLoopback(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }

    private static URI slashed(URI base) {
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }
}
