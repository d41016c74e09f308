package org.deepseekplugin.platform.artifacts;

import java.net.URI;
import java.util.function.Supplier;
import org.deepseekplugin.platform.security.PemIdentity;

/// A server of ours that has files by checksum.
///
/// @param base a file's sha256 is appended to it
/// @param identity the certificate to show, and whom to trust; asked for each connection, because
///   certificates are renewed
public record Mirror(URI base, Supplier<PemIdentity> identity) {}
