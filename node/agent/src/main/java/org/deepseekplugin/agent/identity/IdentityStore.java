package org.deepseekplugin.agent.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.security.SigningRequest;

/// What a node must not forget, readable by its owner only: the request to join until it is
/// answered, then who the node is. Key and certificate are one file, so that no crash can part
/// them.
public final class IdentityStore {
    private final Path request;
    private final Path identity;

    public IdentityStore(Path folder) {
        this.request = folder.resolve("request.json");
        this.identity = folder.resolve("identity.json");
    }

    private record KeptRequest(String csrPem, String keyPem) {}

    private record KeptIdentity(
            String node,
            String certificatePem,
            String keyPem,
            String caPem,
            Duration heartbeat,
            Instant renewal) {}

    /// The request to join: made once, then the same again, so that a join whose answer was lost
    /// can be repeated even after a crash.
    public SigningRequest request() {
        try {
            if (!Files.exists(request)) {
                var fresh = SigningRequest.create("node");
                var kept = new KeptRequest(fresh.csrPem(), fresh.keyPem().reveal());
                PrivateFile.write(request, Json.bytes(kept));
            }
            var kept = Json.read(Files.readAllBytes(request), KeptRequest.class);
            return new SigningRequest(kept.csrPem, new Secret(kept.keyPem));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the node's key at " + request, e);
        }
    }

    /// Empty before the node has joined.
    public Optional<NodeIdentity> load() {
        try {
            if (!Files.exists(identity)) {
                return Optional.empty();
            }
            var kept = Json.read(Files.readAllBytes(identity), KeptIdentity.class);
            var tls =
                    new PemIdentity(
                            kept.certificatePem,
                            new Secret(kept.keyPem),
                            kept.caPem,
                            Leaf.read(kept.certificatePem).expires());
            return Optional.of(new NodeIdentity(kept.node, tls, kept.heartbeat, kept.renewal));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the node's identity at " + identity, e);
        }
    }

    /// Whole or not at all: until it returns, the one before holds.
    public void save(NodeIdentity fresh) {
        var tls = fresh.tls();
        var kept =
                new KeptIdentity(
                        fresh.node(),
                        tls.certificatePem(),
                        tls.keyPem().reveal(),
                        tls.caPem(),
                        fresh.heartbeat(),
                        fresh.renewal());
        try {
            PrivateFile.write(identity, Json.bytes(kept));
            Files.deleteIfExists(request);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the node's identity at " + identity, e);
        }
    }
}
