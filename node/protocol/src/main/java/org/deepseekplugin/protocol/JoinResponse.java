package org.deepseekplugin.protocol;

import java.time.Duration;

/// The node's name and certificate.
///
/// @param certificatePem the node's certificate chain, leaf first; its DNS name is the node id
/// @param caPem who signs the control plane's and the gateway's certificates
/// @param heartbeat how often the control plane wants to hear from the node
public record JoinResponse(
        int protocol,
        String node,
        String certificatePem,
        String caPem,
        Duration heartbeat,
        Unknown unknown) {}
