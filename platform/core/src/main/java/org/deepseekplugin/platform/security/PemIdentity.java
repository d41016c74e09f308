package org.deepseekplugin.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// A certificate with its private key and the CA that signed it, all in PEM; the key is PKCS#8,
/// which Netty and Vert.x read.
///
/// @param expires end of the certificate's validity
public record PemIdentity(String certificatePem, Secret keyPem, String caPem, Instant expires) {

    /// When to get the next certificate: after 60 to 73 % of the time that this one had left when
    /// it was obtained, so about two thirds, and a crowd that got theirs together does not come
    /// back together. A third is left for a control plane that is away.
    ///
    /// @param obtained by the clock that will be asked for the renewal; not the certificate's own
    ///   beginning, which lies a little in the past
    public Instant renewal(Instant obtained, RandomGenerator random) {
        long left = Math.max(0, Duration.between(obtained, expires).toMillis());
        return obtained.plusMillis((long) (left * (0.60 + 0.13 * random.nextDouble())));
    }

    public boolean hasExpired(Instant now) {
        return !now.isBefore(expires);
    }
}
