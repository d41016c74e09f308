package org.deepseekplugin.gateway.ledger;

import java.time.Instant;

/// What an engine says it did for one attempt: the truth, whoever was still there to read the
/// answer.
///
/// @param attempt [Attempt#id]
/// @param finish `stop`, `length`, `cancelled` or `error`
public record EngineRecord(
        String attempt, String replica, Tokens tokens, String finish, Instant at) {}
