package org.deepseekplugin.agent.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.security.SigningRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Wire;

/// Keeps the node's key, its signing request and the answer to it, readable by their owner only.
public final class IdentityStore {
    private final Path key;
    private final Path request;
    private final Path answer;

    public IdentityStore(Path folder) {
        this.key = folder.resolve("key.pem");
        this.request = folder.resolve("request.pem");
        this.answer = folder.resolve("join.json");
    }

    /// The node's one request: made once, then the same again, so that a join whose answer was lost
    /// can be repeated even after a crash.
    public SigningRequest request() {
        try {
            if (!Files.exists(request)) {
                var fresh = SigningRequest.create("node");
                PrivateFile.write(key, fresh.keyPem().reveal());
                PrivateFile.write(request, fresh.csrPem());
            }
            return new SigningRequest(Files.readString(request), new Secret(Files.readString(key)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the node's key at " + key, e);
        }
    }

    /// Empty before the node has joined.
    public Optional<NodeIdentity> load() {
        try {
            if (!Files.exists(answer)) {
                return Optional.empty();
            }
            var json = Json.map(Files.readAllBytes(answer));
            return Optional.of(identity(Wire.decode(JoinResponse.class, json)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the node's identity at " + answer, e);
        }
    }

    public NodeIdentity save(JoinResponse response) {
        try {
            PrivateFile.write(answer, new String(Json.bytes(Wire.encode(response)), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the node's identity at " + answer, e);
        }
        return identity(response);
    }

    private NodeIdentity identity(JoinResponse response) {
        var tls =
                new PemIdentity(
                        response.certificatePem(),
                        request().keyPem(),
                        response.caPem(),
                        expiry(response.certificatePem()));
        return new NodeIdentity(response.node(), tls, response.heartbeat());
    }

    private static Instant expiry(String certificatePem) {
        try {
            var certificate =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificatePem.getBytes(US_ASCII)));
            return ((X509Certificate) certificate).getNotAfter().toInstant();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the node's certificate is unreadable", e);
        }
    }
}
