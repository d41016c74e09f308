package org.deepseekplugin.platform.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Keys and certificates as text (RFC 7468), with the JDK alone.
public final class Pem {

    /// @param pem PKCS#8
    /// @throws IllegalArgumentException when it is no key on an elliptic curve
    public static PrivateKey privateKey(Secret pem) {
        var base64 = pem.reveal().replaceAll("-----[A-Z ]+-----", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no elliptic-curve key in PKCS#8", e);
        }
    }

    /// @throws IllegalArgumentException when there is none
    public static X509Certificate certificate(String pem) {
        return chain(pem).getFirst();
    }

    /// Leaf first.
    ///
    /// @throws IllegalArgumentException when there is none
    public static List<X509Certificate> chain(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(US_ASCII));
            var chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in PEM");
            }
            return chain;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("this is no certificate in PEM", e);
        }
    }

    static String write(String kind, byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private Pem() {}
}
