package org.deepseekplugin.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.LiveServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The TLS port, with nothing to trust but the authority in `client.json`.
class TlsIT {
    @TempDir static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void the_authority_of_client_json_vouches_for_the_server(String host) throws Exception {
        try (var client = client("TLSv1.3")) {
            var answer = get(client, host);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void older_protocols_are_refused() throws Exception {
        try (var client = client("TLSv1.2")) {
            assertThatThrownBy(() -> get(client, "127.0.0.1")).isInstanceOf(SSLException.class);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String host)
            throws IOException, InterruptedException {
        var url = "https://%s:%d/api/v1/status".formatted(host, server.running().tlsPort());
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + server.admin())
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static HttpClient client(String protocol) throws GeneralSecurityException, IOException {
        return HttpClient.newBuilder()
                .sslContext(trusting(ca()))
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build();
    }

    private static String ca() throws IOException {
        return Json.tree(Files.readAllBytes(folder.resolve("client.json"))).get("ca").asString();
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
