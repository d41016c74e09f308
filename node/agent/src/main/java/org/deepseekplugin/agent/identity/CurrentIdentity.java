package org.deepseekplugin.agent.identity;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.JoinResponse;

/// Who the node is while the agent runs. A new certificate is on the disk before anybody uses it.
/// Thread-safe.
public final class CurrentIdentity {
    private final IdentityStore store;
    private final Clock clock;
    private final RandomGenerator random;
    private final List<Consumer<PemIdentity>> listeners = new CopyOnWriteArrayList<>();
    private volatile NodeIdentity identity;

    private CurrentIdentity(
            IdentityStore store, NodeIdentity identity, Clock clock, RandomGenerator random) {
        this.store = store;
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /// Of a node that has joined before.
    public static CurrentIdentity of(
            IdentityStore store, NodeIdentity known, Clock clock, RandomGenerator random) {
        return new CurrentIdentity(store, known, clock, random);
    }

    /// Of a node that has just joined.
    ///
    /// @param key that the certificate was asked for with
    public static CurrentIdentity joined(
            IdentityStore store,
            JoinResponse response,
            Secret key,
            Clock clock,
            RandomGenerator random) {
        var fresh = identity(response, key, clock, random);
        store.save(fresh);
        return new CurrentIdentity(store, fresh, clock, random);
    }

    public NodeIdentity get() {
        return identity;
    }

    public PemIdentity tls() {
        return identity.tls();
    }

    public boolean hasExpired() {
        return identity.tls().hasExpired(clock.instant());
    }

    public boolean isDueForRenewal() {
        return !clock.instant().isBefore(identity.renewal());
    }

    /// @param listener shows the certificate to others; told of each new one
    public void listen(Consumer<PemIdentity> listener) {
        listeners.add(listener);
    }

    /// @throws RuntimeException when it cannot be kept; then the one before goes on
    void replace(JoinResponse response, Secret key) {
        var fresh = identity(response, key, clock, random);
        store.save(fresh);
        identity = fresh;
        listeners.forEach(listener -> listener.accept(fresh.tls()));
    }

    private static NodeIdentity identity(
            JoinResponse response, Secret key, Clock clock, RandomGenerator random) {
        var expires = Leaf.read(response.certificatePem()).expires();
        var tls = new PemIdentity(response.certificatePem(), key, response.caPem(), expires);
        var renewal = tls.renewal(clock.instant(), random);
        return new NodeIdentity(response.node(), tls, response.heartbeat(), renewal);
    }
}
