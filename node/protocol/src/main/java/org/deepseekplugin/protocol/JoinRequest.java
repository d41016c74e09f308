package org.deepseekplugin.protocol;

/// An agent's first words, with a join token as bearer.
///
/// @param protocol the agent's [Protocol#VERSION]
/// @param csrPem a PKCS#10 request; the private key never leaves the node. The same token is
///   accepted again only with the same public key, so a lost answer can be asked for again and a
///   stolen token cannot be used twice
/// @param bootId changes with every boot of the machine
public record JoinRequest(
        int protocol, String csrPem, String bootId, Fingerprint fingerprint, Unknown unknown) {}
