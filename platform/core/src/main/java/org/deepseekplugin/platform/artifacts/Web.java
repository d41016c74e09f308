package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// How web servers are called.
///
/// @param tls for servers of ours; else the machine's trust decides
record Web(Optional<SSLSocketFactory> tls, Proxies proxies, Hub hub) {
    /// A closed network must not cost more before the next source is tried.
    private static final int CONNECT_MILLIS = 3_000;

    private static final int READ_MILLIS = 30_000;

    /// A server of ours: called directly, by its own authority.
    static Web ours(SSLSocketFactory tls) {
        return new Web(Optional.of(tls), Proxies.NONE, Hub.NONE);
    }

    /// Ready to be asked. Redirects are left to the caller: the JDK would take all headers along.
    HttpURLConnection open(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection(proxies.of(uri));
        if (connection instanceof HttpsURLConnection https) {
            tls.ifPresent(https::setSSLSocketFactory);
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        hub.tokenFor(uri)
                .ifPresent(token ->
                        connection.setRequestProperty("Authorization", "Bearer " + token.reveal()));
        return connection;
    }
}
