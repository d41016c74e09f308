package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.Leaf;

/// Certificates for nodes' own keys.
public interface NodeCertificates {

    /// @throws IllegalArgumentException when the request is not sound
    String issue(String csrPem, String node);

    /// Tells keys apart: equal for requests with equal public keys.
    ///
    /// @throws IllegalArgumentException when the request is not sound
    String keyHash(String csrPem);

    /// What a certificate says, also one that has expired.
    ///
    /// @throws IllegalArgumentException when it is not one of ours
    Issued read(String certificatePem);

    String caPem();

    /// How long after its end a certificate still lets its node come back.
    Duration grace();

    /// @param keyHash as [#keyHash] says for a request with the same key
    record Issued(String node, String keyHash, Instant expires) {}

    static NodeCertificates of(CertificateAuthority authority, Duration lifetime, Duration grace) {
        return new NodeCertificates() {
            @Override
            public String issue(String csrPem, String node) {
                return authority.issueFor(csrPem, node, List.of(), lifetime);
            }

            @Override
            public String keyHash(String csrPem) {
                return hash(CertificateAuthority.publicKeyOf(csrPem).getEncoded());
            }

            @Override
            public Issued read(String certificatePem) {
                var leaf = Leaf.signedBy(authority.certificatePem(), certificatePem);
                return new Issued(leaf.name(), hash(leaf.key().getEncoded()), leaf.expires());
            }

            @Override
            public String caPem() {
                return authority.certificatePem();
            }

            @Override
            public Duration grace() {
                return grace;
            }

            private static String hash(byte[] key) {
                return ApiKey.hash(HexFormat.of().formatHex(key));
            }
        };
    }
}
