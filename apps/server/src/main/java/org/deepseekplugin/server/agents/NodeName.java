package org.deepseekplugin.server.agents;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Which node is asking, by the certificate it has shown. TLS has checked that our authority signed
/// it and that it is in force.
final class NodeName {
    private static final String PREFIX = "CN=";

    static Optional<String> of(HttpServerRequest request) {
        try {
            var chain = request.connection().peerCertificates();
            return chain != null
                            && !chain.isEmpty()
                            && chain.getFirst() instanceof X509Certificate leaf
                    ? Optional.of(leaf.getSubjectX500Principal().getName())
                            .filter(name -> name.startsWith(PREFIX))
                            .map(name -> name.substring(PREFIX.length()))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nobody) {
            return Optional.empty();
        }
    }

    private NodeName() {}
}
