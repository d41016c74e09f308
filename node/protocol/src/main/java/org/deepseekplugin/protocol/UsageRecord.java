package org.deepseekplugin.protocol;

import java.time.Instant;

/// An engine's terminal record of one request: the truth of the ledger.
///
/// @param request the id that came with the request
/// @param promptTokens tokens of the prompt, whether read anew or found in the cache
/// @param cachedTokens of these, found in the cache
/// @param completionTokens generated until the end, or until a cancel was acknowledged
/// @param finish `stop`, `length`, `cancelled` or `error`
public record UsageRecord(
        String request,
        String replica,
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        String finish,
        Instant at,
        Unknown unknown) {}
