package org.deepseekplugin.protocol;

/// How a node comes back whose certificate ended while it or the control plane was away.
///
/// Nothing in it is secret, and repeating it helps nobody: the answer is a certificate for the same
/// key, useless to whoever does not have that key.
///
/// @param protocol the agent's [Protocol#VERSION]
/// @param certificatePem the certificate that has ended
/// @param csrPem a PKCS#10 request for the same key: its signature shows that the sender has it
public record RejoinRequest(int protocol, String certificatePem, String csrPem, Unknown unknown) {}
