package org.deepseekplugin.platform.security;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// What a certificate says, read with the JDK alone.
///
/// @param name its common name: `server`, `gateway` or a node id
/// @param expires end of its validity, which nobody has compared with a clock
public record Leaf(String name, PublicKey key, Instant expires) {
    private static final String COMMON_NAME = "CN=";
    private static final byte[] ANYTHING = {42};

    /// Does not ask who signed it.
    ///
    /// @param certificatePem a chain's first certificate counts
    /// @throws IllegalArgumentException when it is no certificate
    public static Leaf read(String certificatePem) {
        return of(Pem.certificate(certificatePem));
    }

    /// Makes sure that this authority signed it.
    ///
    /// @throws IllegalArgumentException when it did not
    public static Leaf signedBy(String caPem, String certificatePem) {
        var certificate = Pem.certificate(certificatePem);
        try {
            certificate.verify(Pem.certificate(caPem).getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("our authority did not sign this certificate", e);
        }
        return of(certificate);
    }

    /// Whether this private key is the certificate's.
    ///
    /// @throws IllegalArgumentException when it is no key
    public boolean fits(Secret keyPem) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(Pem.privateKey(keyPem));
            signature.update(ANYTHING);
            var signed = signature.sign();
            signature.initVerify(key);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no P-256 key", e);
        }
    }

    /// @throws IllegalArgumentException when it is for more or less than a common name
    public static Leaf of(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        if (!subject.startsWith(COMMON_NAME) || subject.contains(",")) {
            throw new IllegalArgumentException(
                    "the certificate is for \"" + subject + "\", not for a common name alone");
        }
        return new Leaf(
                subject.substring(COMMON_NAME.length()),
                certificate.getPublicKey(),
                certificate.getNotAfter().toInstant());
    }
}
