package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// A file on a web server, resumed by `Range` (RFC 9110 §14).
///
/// The JDK's oldest client on purpose: it has both a connect and a read time limit, follows
/// redirects and loads a few classes only, which matters in the agent.
///
/// @param tls for servers of ours; else the machine's trust decides
record HttpBytes(URI uri, Optional<SSLSocketFactory> tls) implements ByteSource {
    /// A closed network must not cost more before the next source is tried.
    private static final int CONNECT_MILLIS = 3_000;

    private static final int READ_MILLIS = 30_000;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern START = Pattern.compile("bytes (\\d+)-.*");

    @Override
    public Opened open(long offset) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) {
            tls.ifPresent(https::setSSLSocketFactory);
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        return switch (connection.getResponseCode()) {
            case HttpURLConnection.HTTP_OK -> new Opened(connection.getInputStream(), 0);
            case HttpURLConnection.HTTP_PARTIAL ->
                    new Opened(connection.getInputStream(), start(connection));
            case RANGE_NOT_SATISFIABLE -> openAnew(connection, offset);
            default -> throw refused(connection);
        };
    }

    /// What was fetched before is longer than the file that is there.
    private Opened openAnew(HttpURLConnection connection, long offset) throws IOException {
        if (offset == 0) {
            throw refused(connection);
        }
        connection.disconnect();
        return open(0);
    }

    private static long start(HttpURLConnection connection) throws IOException {
        var range = String.valueOf(connection.getHeaderField("Content-Range"));
        var matcher = START.matcher(range);
        if (!matcher.matches()) {
            throw new IOException("server sent Content-Range \"" + range + "\"");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static IOException refused(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        connection.disconnect();
        return new IOException("server answered HTTP " + status);
    }
}
