package org.deepseekplugin.agent.identity;

import java.time.Duration;
import java.time.Instant;
import org.deepseekplugin.platform.security.PemIdentity;

/// Who this node is.
///
/// @param node its id, and the DNS name in its certificate
/// @param heartbeat how often the control plane wants to hear from it
/// @param renewal when to ask for the next certificate
public record NodeIdentity(String node, PemIdentity tls, Duration heartbeat, Instant renewal) {}
