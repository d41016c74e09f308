package org.deepseekplugin.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.util.Set;
import org.deepseekplugin.platform.security.PemIdentity;

/// TLS 1.3 by BoringSSL, with our own authority. No session is resumed: that would skip the look at
/// certificates, and one that has ended would go on working.
public final class Tls {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    /// @param clients whether clients must, may or need not show a certificate of our authority
    public static HttpServerOptions serve(
            HttpServerOptions options, PemIdentity identity, ClientAuth clients) {
        withIdentity(options, identity);
        options.setUseAlpn(true).setClientAuth(clients);
        if (clients != ClientAuth.NONE) {
            options.setTrustOptions(trust(identity.caPem()));
        }
        return options;
    }

    /// Shows our certificate and trusts our authority only. The server's name is verified.
    public static HttpClientOptions dial(HttpClientOptions options, PemIdentity identity) {
        withIdentity(options, identity);
        options.setTrustOptions(trust(identity.caPem())).setVerifyHost(true).setForceSni(true);
        return options;
    }

    /// Trusts our authority only and shows no certificate: how a node joins.
    public static HttpClientOptions dial(HttpClientOptions options, String caPem) {
        options.setSsl(true)
                .setSslEngineOptions(engine())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setTrustOptions(trust(caPem));
        return options.setVerifyHost(true).setForceSni(true);
    }

    /// As [#dial(HttpClientOptions, PemIdentity)], for one connection.
    public static ClientSSLOptions dial(PemIdentity identity) {
        return dial(new HttpClientOptions(), identity).getSslOptions();
    }

    /// For a server that goes on listening with another certificate.
    public static ServerSSLOptions serve(PemIdentity identity, ClientAuth clients) {
        return serve(new HttpServerOptions(), identity, clients).getSslOptions();
    }

    public static PemTrustOptions trust(String caPem) {
        return new PemTrustOptions().addCertValue(Buffer.buffer(caPem));
    }

    private static OpenSSLEngineOptions engine() {
        return new OpenSSLEngineOptions().setSessionCacheEnabled(false);
    }

    private static void withIdentity(TCPSSLOptions options, PemIdentity identity) {
        options.setSsl(true)
                .setSslEngineOptions(engine())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(identity.certificatePem()))
                                .addKeyValue(Buffer.buffer(identity.keyPem().reveal())));
    }

    private Tls() {}
}
