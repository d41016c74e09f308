package org.deepseekplugin.platform.security;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// What is sent to an authority to get a certificate, and the key that stays behind (ECDSA P-256).
/// Made with the JDK alone: a node has no room for a cryptography library.
///
/// @param csrPem PKCS#10 (RFC 2986); send the same text again to repeat a request whose answer was
///   lost
/// @param keyPem PKCS#8
public record SigningRequest(String csrPem, Secret keyPem) {
    /// `ecdsa-with-SHA256`, RFC 5758 §3.2.
    private static final byte[] ECDSA_WITH_SHA256 = Der.oid(1, 2, 840, 10045, 4, 3, 2);

    /// `commonName`, RFC 5280 appendix A.
    private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);

    /// A request with a fresh key.
    ///
    /// @param name a wish; the authority decides which name it signs
    public static SigningRequest create(String name) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return of(name, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    /// A request for the key of a certificate: it shows that its sender has that key.
    ///
    /// @throws IllegalArgumentException when key or certificate is unusable
    public static SigningRequest again(String name, PemIdentity identity) {
        var known = Leaf.read(identity.certificatePem()).key();
        try {
            return of(name, new KeyPair(known, Pem.privateKey(identity.keyPem())));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("unusable key: " + e.getMessage(), e);
        }
    }

    private static SigningRequest of(String name, KeyPair keys) throws GeneralSecurityException {
        return new SigningRequest(
                Pem.write("CERTIFICATE REQUEST", request(name, keys)),
                new Secret(Pem.write("PRIVATE KEY", keys.getPrivate().getEncoded())));
    }

    private static byte[] request(String name, KeyPair keys) throws GeneralSecurityException {
        var commonName = Der.sequence(COMMON_NAME, Der.utf8(name));
        var info =
                Der.sequence(
                        Der.integer(0),
                        Der.sequence(Der.set(commonName)),
                        keys.getPublic().getEncoded(),
                        Der.context(0));
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(keys.getPrivate());
        signer.update(info);
        return Der.sequence(info, Der.sequence(ECDSA_WITH_SHA256), Der.bits(signer.sign()));
    }
}
