package org.deepseekplugin.agent;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
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
        var identity = authority.issue(name, List.of(), Duration.ofHours(1));
        var options = Tls.dial(new HttpClientOptions(), identity).setProtocolVersion(version);
        options.setUseAlpn(version == HttpVersion.HTTP_2);
        this.client = vertx.createHttpClient(options);
        this.port = port;
    }

    HttpClientRequest request(HttpMethod method, String path, String requestId) {
        return client.request(
                        new RequestOptions()
                                .setMethod(method)
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .setURI(path)
                                .putHeader("x-request-id", requestId))
                .await();
    }

    /// Status, request id, `retry-after` and body.
    String refusal(String path) {
        return request(HttpMethod.GET, path, "req-12345678")
                .send()
                .compose(answer ->
                        answer.body()
                                .map(body ->
                                        String.join(
                                                " ",
                                                Integer.toString(answer.statusCode()),
                                                answer.getHeader("x-request-id"),
                                                answer.getHeader("retry-after"),
                                                body.toString())))
                .await();
    }
}
