package org.deepseekplugin.gateway.upstream;

import org.deepseekplugin.platform.security.PemIdentity;

/// How connections to endpoints are protected.
public sealed interface Transport {

    /// TLS 1.3, both sides with certificates of our authority.
    record MutualTls(PemIdentity identity) implements Transport {}

    /// Nothing: for tests and benchmarks on loopback.
    record Plaintext() implements Transport {}
}
