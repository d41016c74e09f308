package org.deepseekplugin.orchestrator.services;

/// A client's `Idempotency-Key`: the same key within 24 h answers with what the first call made.
///
/// @param bodyHash tells whether the rest of the request is the same, too
public record Idempotency(String key, String bodyHash) {}
