package org.deepseekplugin.platform.security;

import java.time.Instant;

/// A certificate with its private key and the CA that signed it, all in PEM; the key is PKCS#8,
/// which Netty and Vert.x read.
///
/// @param expires end of the certificate's validity
public record PemIdentity(String certificatePem, Secret keyPem, String caPem, Instant expires) {}
