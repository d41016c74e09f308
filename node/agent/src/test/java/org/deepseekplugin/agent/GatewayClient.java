package org.deepseekplugin.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.deepseekplugin.platform.http.Tls;
import org.deepseekplugin.platform.security.CertificateAuthority;

/// Calls a node's data port as the gateway does, or as somebody else.
final class GatewayClient {
    private final HttpClient client;
    private final int port;

    GatewayClient(Vertx vertx, CertificateAuthority authority, String name, int port) {
        this(vertx, authority, name, port, HttpVersion.HTTP_1_1);
    }

    GatewayClient(
            Vertx vertx,
            CertificateAuthority authority,
            String name,
            int port,
            HttpVersion version) {
        this(vertx, options(authority, name, Duration.ofHours(1), version), port);
    }

    private GatewayClient(Vertx vertx, HttpClientOptions options, int port) {
        this.client = vertx.createHttpClient(options);
        this.port = port;
    }

    /// A connection for each request, with the TLS session of the one before.
    static GatewayClient resuming(TestNode node, Duration lifetime) {
        var authority = node.control.authority;
        var options = options(authority, "gateway", lifetime, HttpVersion.HTTP_1_1);
        options.setSslEngineOptions(new OpenSSLEngineOptions().setSessionCacheEnabled(true));
        return new GatewayClient(node.vertx, options.setKeepAlive(false), node.dataPort());
    }

    private static HttpClientOptions options(
            CertificateAuthority authority, String name, Duration lifetime, HttpVersion version) {
        var identity = authority.issue(name, List.of(), lifetime);
        return Tls.dial(new HttpClientOptions(), identity)
                .setProtocolVersion(version)
                .setUseAlpn(version == HttpVersion.HTTP_2);
    }

    HttpClientRequest request(HttpMethod method, String path, String requestId) {
        return client.request(options(method, path, requestId)).await();
    }

    private RequestOptions options(HttpMethod method, String path, String requestId) {
        return new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("x-request-id", requestId);
    }

    /// Of the certificate that the node shows to a new connection.
    BigInteger serverSerial() {
        return serverCertificate().getSerialNumber();
    }

    boolean serverExpiresAfter(Duration left) {
        var end = Instant.now().plus(left);
        return serverCertificate().getNotAfter().toInstant().isAfter(end);
    }

    private X509Certificate serverCertificate() {
        try {
            var connection = request(HttpMethod.GET, "/", "req-12345678").connection();
            var certificate = connection.peerCertificates().getFirst();
            connection.close().await();
            return (X509Certificate) certificate;
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    /// The body of the answer to a POST.
    Future<String> post(String path, String requestId, String body) {
        return client.request(options(HttpMethod.POST, path, requestId))
                .compose(request -> request.send(body).compose(HttpClientResponse::body))
                .map(Buffer::toString);
    }

    /// Status, request id, `retry-after` and body.
    String refusal(String path) {
        return client.request(options(HttpMethod.GET, path, "req-12345678"))
                .compose(request -> request.send().compose(GatewayClient::describe))
                .await();
    }

    private static Future<String> describe(HttpClientResponse answer) {
        return answer.body()
                .map(body ->
                        String.join(
                                " ",
                                Integer.toString(answer.statusCode()),
                                answer.getHeader("x-request-id"),
                                answer.getHeader("retry-after"),
                                body.toString()));
    }
}
