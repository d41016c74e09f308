package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.CertificateAuthority;

/// Certificates for nodes' own keys.
public interface NodeCertificates {

    /// @throws IllegalArgumentException when the request is not sound
    String issue(String csrPem, String node);

    /// Tells keys apart: equal for requests with equal public keys.
    ///
    /// @throws IllegalArgumentException when the request is not sound
    String keyHash(String csrPem);

    String caPem();

    static NodeCertificates of(CertificateAuthority authority, Duration lifetime) {
        return new NodeCertificates() {
            @Override
            public String issue(String csrPem, String node) {
                return authority.issueFor(csrPem, node, List.of(), lifetime);
            }

            @Override
            public String keyHash(String csrPem) {
                var key = CertificateAuthority.publicKeyOf(csrPem).getEncoded();
                return ApiKey.hash(java.util.HexFormat.of().formatHex(key));
            }

            @Override
            public String caPem() {
                return authority.certificatePem();
            }
        };
    }
}
