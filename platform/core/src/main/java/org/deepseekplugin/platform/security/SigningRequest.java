package org.deepseekplugin.platform.security;

import static org.deepseekplugin.platform.security.CertificateAuthority.crypto;
import static org.deepseekplugin.platform.security.CertificateAuthority.newKeys;
import static org.deepseekplugin.platform.security.CertificateAuthority.pem;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What is sent to an authority to get a certificate, and the key that stays behind (ECDSA P-256).
///
/// @param csrPem PKCS#10; send the same text again to repeat a request whose answer was lost
/// @param keyPem PKCS#8
public record SigningRequest(String csrPem, Secret keyPem) {

    /// A request with a fresh key.
    ///
    /// @param name a wish; the authority decides which name it signs
    public static SigningRequest create(String name) {
        return crypto(() -> {
            var keys = newKeys();
            var request =
                    new JcaPKCS10CertificationRequestBuilder(
                                    new X500Name("CN=" + name), keys.getPublic())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate()));
            return new SigningRequest(pem(request), CertificateAuthority.keyPem(keys));
        });
    }
}
