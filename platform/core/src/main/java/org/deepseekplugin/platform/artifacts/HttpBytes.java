package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.regex.Pattern;

/// A file on a web server, resumed by `Range` (RFC 9110 §14).
///
/// The JDK's oldest client on purpose: it has both a connect and a read time limit, and loads a few
/// classes only, which matters in the agent. Redirects are followed here, so that each server gets
/// only what is meant for it.
record HttpBytes(URI uri, Web web) implements ByteSource {
    private static final int MOST_REDIRECTS = 5;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern START = Pattern.compile("bytes (\\d+)-.*");

    @Override
    public Opened open(long offset) throws IOException {
        var at = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var connection = web.open(at);
            if (offset > 0) {
                connection.setRequestProperty("Range", "bytes=" + offset + "-");
            }
            switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_OK -> {
                    return new Opened(connection.getInputStream(), 0);
                }
                case HttpURLConnection.HTTP_PARTIAL -> {
                    return new Opened(connection.getInputStream(), start(connection));
                }
                case HttpURLConnection.HTTP_MOVED_PERM,
                        HttpURLConnection.HTTP_MOVED_TEMP,
                        HttpURLConnection.HTTP_SEE_OTHER,
                        TEMPORARY_REDIRECT,
                        PERMANENT_REDIRECT ->
                        at = location(connection, at);
                case RANGE_NOT_SATISFIABLE -> {
                    return openAnew(connection, offset);
                }
                default -> throw refused(connection);
            }
        }
        throw new IOException("redirected more than " + MOST_REDIRECTS + " times");
    }

    private static URI location(HttpURLConnection connection, URI from) throws IOException {
        var text = connection.getHeaderField("Location");
        connection.disconnect();
        if (text == null) {
            throw new IOException("redirected to nowhere");
        }
        var to = resolved(from, text);
        boolean web = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
        boolean downgrade = from.getScheme().equals("https") && "http".equals(to.getScheme());
        if (!web || downgrade) {
            throw new IOException("redirected to " + to.getScheme() + ", which is not followed");
        }
        return to;
    }

    private static URI resolved(URI from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to what is no address", e);
        }
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
        var hint =
                status == 401 || status == 403 ? "; weights that need a token take HF_TOKEN" : "";
        return new IOException("server answered HTTP " + status + hint);
    }
}
