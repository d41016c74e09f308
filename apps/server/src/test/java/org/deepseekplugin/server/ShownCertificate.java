package org.deepseekplugin.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// What a TLS port shows to somebody who only looks.
final class ShownCertificate {

    static String serial(int port) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Looking()}, null);
            var loopback = InetAddress.getLoopbackAddress();
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(loopback, port)) {
                var chain = socket.getSession().getPeerCertificates();
                return ((X509Certificate) chain[0]).getSerialNumber().toString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Looking implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private ShownCertificate() {}
}
