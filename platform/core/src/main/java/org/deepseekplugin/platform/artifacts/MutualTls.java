package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.deepseekplugin.platform.security.Pem;
import org.deepseekplugin.platform.security.PemIdentity;

/// The JDK's TLS with one of our identities.
final class MutualTls {
    private static final char[] NO_PASSWORD = {};

    static SSLSocketFactory sockets(PemIdentity identity) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys(identity).getKeyManagers(), trust(identity).getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("unusable certificate or key: " + e.getMessage(), e);
        }
    }

    private static KeyManagerFactory keys(PemIdentity identity)
            throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setKeyEntry(
                "node",
                Pem.privateKey(identity.keyPem()),
                NO_PASSWORD,
                Pem.chain(identity.certificatePem()).toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static TrustManagerFactory trust(PemIdentity identity)
            throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setCertificateEntry("ca", Pem.certificate(identity.caPem()));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private MutualTls() {}
}
