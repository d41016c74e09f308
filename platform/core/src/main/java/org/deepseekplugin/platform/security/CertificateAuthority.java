package org.deepseekplugin.platform.security;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// The installation's own certificate authority (ECDSA P-256). Thread-safe.
///
/// A leaf's common name says its part: `server`, `gateway` or a node id. Leaves serve and dial, so
/// each may do both.
public final class CertificateAuthority {
    /// Certificates start a little in the past: clocks of machines differ.
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Duration CA_LIFETIME = Duration.ofDays(3650);

    private final X509Certificate certificate;
    private final KeyPair keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private CertificateAuthority(X509Certificate certificate, KeyPair keys, Clock clock) {
        this.certificate = certificate;
        this.keys = keys;
        this.clock = clock;
    }

    /// A new authority with a fresh key.
    public static CertificateAuthority create(String name, Clock clock) {
        return crypto(() -> {
            var keys = newKeys();
            var dn = new X500Name("CN=" + name);
            var now = clock.instant();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            dn,
                            serial(new SecureRandom()),
                            from(now),
                            Date.from(now.plus(CA_LIFETIME)),
                            dn,
                            keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new CertificateAuthority(sign(builder, keys), keys, clock);
        });
    }

    /// The authority that [#identity] wrote.
    public static CertificateAuthority restore(PemIdentity stored, Clock clock) {
        return crypto(() -> {
            var holder = (X509CertificateHolder) parse(stored.certificatePem());
            var key =
                    new JcaPEMKeyConverter()
                            .getPrivateKey((PrivateKeyInfo) parse(stored.keyPem().reveal()));
            var certificate = new JcaX509CertificateConverter().getCertificate(holder);
            return new CertificateAuthority(
                    certificate, new KeyPair(certificate.getPublicKey(), key), clock);
        });
    }

    /// What must be kept, with the key, to restore this authority.
    public PemIdentity identity() {
        return new PemIdentity(
                certificatePem(),
                keyPem(keys),
                certificatePem(),
                certificate.getNotAfter().toInstant());
    }

    public String certificatePem() {
        return pem(certificate);
    }

    /// A leaf with a key of its own.
    ///
    /// @param hosts DNS names and IP addresses it shall be valid for
    public PemIdentity issue(String name, List<String> hosts, Duration lifetime) {
        return crypto(() -> {
            var leaf = newKeys();
            return identity(issue(name, hosts, lifetime, leaf.getPublic()), keyPem(leaf));
        });
    }

    /// A leaf for a key that stays where it was made.
    ///
    /// @return the certificate in PEM
    /// @throws IllegalArgumentException when the request is no PKCS#10 or its signature does not
    ///   fit
    public String issueFor(String csrPem, String name, List<String> hosts, Duration lifetime) {
        return crypto(() -> pem(issue(name, hosts, lifetime, publicKeyOf(csrPem))));
    }

    /// The public key of a signing request, after checking that its sender has the private one.
    public static PublicKey publicKeyOf(String csrPem) {
        return crypto(() -> {
            if (!(parse(csrPem) instanceof PKCS10CertificationRequest request)) {
                throw new IllegalArgumentException("not a PKCS#10 certificate request in PEM");
            }
            var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException(
                        "the signature of the certificate request does not fit its key");
            }
            return key;
        });
    }

    private X509Certificate issue(String name, List<String> hosts, Duration lifetime, PublicKey key)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var now = clock.instant();
        var builder =
                new JcaX509v3CertificateBuilder(
                        certificate,
                        serial(random),
                        from(now),
                        Date.from(now.plus(lifetime)),
                        new X500Name("CN=" + name),
                        key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        }));
        builder.addExtension(Extension.subjectAlternativeName, false, names(name, hosts));
        return sign(builder, keys);
    }

    private PemIdentity identity(X509Certificate leaf, Secret key) {
        return new PemIdentity(pem(leaf), key, certificatePem(), leaf.getNotAfter().toInstant());
    }

    private static GeneralNames names(String name, List<String> hosts) {
        var names = new ArrayList<GeneralName>();
        names.add(new GeneralName(GeneralName.dNSName, name));
        for (String host : hosts) {
            boolean address = host.contains(":") || host.matches("[0-9.]+");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Secret keyPem(KeyPair keys) {
        return crypto(() -> new Secret(pem(new JcaPKCS8Generator(keys.getPrivate(), null))));
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).add(BigInteger.ONE);
    }

    private static Date from(Instant now) {
        return Date.from(now.minus(SKEW));
    }

    private static Object parse(String pem) throws IOException {
        try (var parser = new PEMParser(new StringReader(pem))) {
            var object = parser.readObject();
            if (object == null) {
                throw new IllegalArgumentException("no PEM block found");
            }
            return object;
        }
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write PEM", e);
        }
        return text.toString();
    }

    private interface Crypto<T> {
        T run()
                throws GeneralSecurityException,
                        IOException,
                        OperatorCreationException,
                        PKCSException;
    }

    private static <T> T crypto(Crypto<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException
                | IOException
                | OperatorCreationException
                | PKCSException e) {
            throw new IllegalArgumentException(
                    "certificate operation failed: " + e.getMessage(), e);
        }
    }
}
