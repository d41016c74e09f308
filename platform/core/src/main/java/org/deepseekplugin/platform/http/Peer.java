package org.deepseekplugin.platform.http;

import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.deepseekplugin.platform.security.Leaf;

/// Who is on the other side of a connection, by the certificate it has shown.
public final class Peer {

    /// TLS has checked that our authority signed the certificate. Whether it is in force is checked
    /// here again: a client that resumes a session is not asked for it anew.
    ///
    /// @return its common name; empty when there is none that is in force
    public static Optional<String> name(HttpConnection connection, Instant now) {
        try {
            var chain = connection.peerCertificates();
            return chain != null
                            && !chain.isEmpty()
                            && chain.getFirst() instanceof X509Certificate certificate
                    ? Optional.of(Leaf.of(certificate))
                            .filter(leaf -> now.isBefore(leaf.expires()))
                            .map(Leaf::name)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    private Peer() {}
}
